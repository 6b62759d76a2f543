import { type Type } from '@nestjs/common';
import { Args, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { connection, type Connection, PageArgs } from '#api/connection.js';
import { type ReadModel } from '#read-models/read-model.js';
import { Case } from './case.js';

