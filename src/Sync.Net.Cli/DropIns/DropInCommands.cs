using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;
using Sync.Net.Cli.Processes;

namespace Sync.Net.Cli.DropIns;

/// <summary>The commands of LAVA, Emulab and Restraint, by the names that their scripts call them by.</summary>
internal static class DropInCommands
{
    /// <summary>Runs the command of that name.</summary>
    /// <param name="name">The name that the program was called by; a path counts by its last part.</param>
    /// <param name="args">The arguments.</param>
    /// <returns>The exit code; null if no command has that name.</returns>
    public static async Task<int?> TryRunAsync(string name, string[] args)
    {
        string called = Path.GetFileName(name);
        if (CommandOf(called) is not { } command) return null;
        using StopSignals signals = new();
        var console = new Printer(Console.OpenStandardOutput, isJson: false);
        try
        {
            if (args is ["-h"] or ["--help"])
            {
                console.Raw(command.Help);
                return ExitCodes.Success;
            }
            return await CommandLoop.RunAsync(() => command.RunAsync(args, console, signals.Token), static () => { });
        }
        catch (Exception e)
        {
            (int code, string why) = JudgeOf(e, command, signals.Received);
            return Tool.Fail(code, $"{called}: {why}");
        }
    }

    /// <summary>What is installed under <c>lava-2013-NAME</c> is called so by its script.</summary>
    public static DropInCommand? CommandOf(string name) => name switch
    {
        "emulab-sync" => new EmulabSync(),
        "rstrnt-sync-set" => new RestraintSet(),
        "rstrnt-sync-block" => new RestraintBlock(),
        _ when name.StartsWith("lava-2013-", StringComparison.Ordinal) => LavaOf("lava-" + name["lava-2013-".Length..], LavaForm.Of2013),
        _ => LavaOf(name, LavaForm.Today),
    };

    private static DropInCommand? LavaOf(string name, LavaForm form) => name switch
    {
        "lava-self" => new LavaSelf(),
        "lava-role" => new LavaRole(),
        "lava-group" => new LavaGroup(),
        "lava-send" => new LavaSend(),
        "lava-wait" => new LavaReceive(LavaReceive.Waits.Any, form),
        "lava-wait-all" => new LavaReceive(LavaReceive.Waits.All, form),
        "lava-sync" => new LavaReceive(LavaReceive.Waits.Sync, form),
        _ => null,
    };

    private static (int Code, string Why) JudgeOf(Exception e, DropInCommand command, int? signal) => e switch
    {
        UsageException => (command.UsageCode, $"{e.Message}; usage: {command.Usage}"),
        ISyncFailure failure => (command.CodeOf(failure.Failure.Kind), e.Message),
        OperationCanceledException when signal is { } number => (ExitCodes.Signalled + number, "withdrawn after a signal"),
        IOException or UnauthorizedAccessException => (command.TroubleCode(ExitCodes.InputOutput), e.Message),
        ArgumentException or InvalidOperationException => (command.UsageCode, e.Message.Split(" (Parameter '")[0]),
        _ => (command.TroubleCode(ExitCodes.Internal), $"an error of its own: {e.GetType().Name}: {e.Message}"),
    };
}
