using Sync.Net.Cli;

return await Verbs.RunAsync(args);
