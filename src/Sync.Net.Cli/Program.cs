using Sync.Net.Cli;

return await Tool.RunAsync(args);
