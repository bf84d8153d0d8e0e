using Sync.Net.Cli.Demo;

namespace Sync.Net.Cli;

/// <summary>The verbs of the command line.</summary>
internal static class Verbs
{
    private const string Usage = "usage: syncnet demo";

    public static Task<int> RunAsync(string[] args) => args switch
    {
        ["demo"] => new DemoCommand(Console.Out, Console.Error).RunAsync(),
        [DemoProcess.MemberVerb, string id] => DemoMember.RunAsync(id, Console.Out),
        [] => RefuseAsync("a verb is missing"),
        ["demo", ..] => RefuseAsync("demo takes no arguments"),
        _ => RefuseAsync($"there is no verb '{args[0]}'"),
    };

    private static async Task<int> RefuseAsync(string why)
    {
        await Console.Error.WriteLineAsync($"syncnet: {why}; {Usage}");
        return ExitCodes.Usage;
    }
}
