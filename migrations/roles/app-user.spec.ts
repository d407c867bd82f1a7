import { describe, expect, it } from 'vitest';
import { appUserOf } from './app-user.js';

describe('the role that DATABASE_URL names', () => {
  it.each([
    ['postgres://cts_app:p%40ss@db.example.com/cts', 'cts_app', 'p@ss'],
    ['postgres://api@db.example.com/cts', 'api', ''],
    ['postgres://db.example.com/cts', 'cts_app', ''],
    // A pooler that serves many databases under one name.
    ['postgres://cts_app.abcdefgh:x@aws-0-eu.pooler.supabase.com:6543/postgres', 'cts_app', 'x'],
    ['postgres://cts.app:x@db.example.com/cts', 'cts.app', 'x'],
  ])('%s', (url, role, password) => {
    expect(appUserOf(url)).toEqual({ role, password });
  });
});
