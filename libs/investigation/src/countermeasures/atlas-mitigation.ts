import { Field, ID, InputType, ObjectType } from '@nestjs/graphql';
import { Matches } from 'class-validator';

const description =
  'A mitigation of MITRE ATLAS, with the version of ATLAS it is taken from. Of 5.6, for models behind an interface: AML.M0002 ' +
  'Passive AI Output Obfuscation, AML.M0004 Restrict Number of AI Model Queries, AML.M0019 Control Access to AI Models and ' +
  'Data in Production, AML.M0024 AI Telemetry Logging.';

/** A mitigation of MITRE ATLAS. The version stands beside it, as ids are added and moved. */
@InputType('AtlasMitigationInput', { description })
@ObjectType('AtlasMitigation', { description })
export class AtlasMitigation {
  @Field(() => ID, { description: 'Its id, such as `AML.M0004`.' })
  @Matches(/^AML\.M\d{4}$/, { message: 'id must be the id of a mitigation of ATLAS, such as "AML.M0004"' })
  id!: string;

  @Field(() => String, { description: 'The version of ATLAS, such as `5.6` or `5.6.1`.' })
  @Matches(/^\d{1,4}\.\d{1,4}(\.\d{1,4})?$/, { message: 'version must be a version of ATLAS, such as "5.6"' })
  version!: string;
}
