using System.Text;
using Sync.Net.Cli.Bench;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Demo;
using Sync.Net.Cli.DropIns;
using Sync.Net.Cli.Output;
using Sync.Net.Cli.Processes;
using Sync.Net.Cli.Verbs;

namespace Sync.Net.Cli;

/// <summary>Runs a verb, and says by exit code and one line of standard error what became of it.</summary>
internal static class Tool
{
    public static readonly string[] VerbNames =
    [
        "serve", "run", "barrier", "data", "send", "wait", "wait-all", "sync", "count", "state", "self", "role", "group",
        "fail", "abort", "leave", "hold", "result", "report", "status", "explain", "env", "install-commands", "bench", "demo", "version", "help",
    ];

    /// <summary>Only the verb that is called is made: every start of the tool counts.</summary>
    public static Verb? VerbOf(string name) => name switch
    {
        "serve" => new ServeVerb(),
        "run" => new RunVerb(),
        "barrier" => new BarrierVerb(),
        "data" => new DataVerb(),
        "send" => new SendVerb(),
        "wait" => new WaitVerb(),
        "wait-all" => new WaitAllVerb(),
        "sync" => new SyncVerb(),
        "count" => new CountVerb(),
        "state" => new StateVerb(),
        "self" => new SelfVerb(),
        "role" => new RoleVerb(),
        "group" => new GroupVerb(),
        "fail" => new FailVerb(),
        "abort" => new AbortVerb(),
        "leave" => new LeaveVerb(),
        "hold" => new HoldVerb(),
        "result" => new ResultVerb(),
        "report" => new ReportVerb(),
        "status" => new StatusVerb(explains: false),
        "explain" => new StatusVerb(explains: true),
        "env" => new EnvVerb(),
        "install-commands" => new InstallCommandsVerb(),
        "bench" => new BenchVerb(),
        BenchProcess.MembersVerb => new BenchMembersVerb(),
        "demo" => new DemoVerb(),
        DemoProcess.MemberVerb => new DemoMemberVerb(),
        "version" => new VersionVerb(),
        "help" => new HelpVerb(),
        _ => null,
    };

    public static async Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0) return Fail(ExitCodes.Usage, $"a verb is missing; usage: syncnet {string.Join('|', VerbNames)}");
        if (args is ["call-as", var name, .. var rest] && await DropInCommands.TryRunAsync(name, rest) is { } code) return code;
        if (VerbOf(args[0]) is not { } verb) return Fail(ExitCodes.Usage, $"there is no verb '{args[0]}'; usage: syncnet {string.Join('|', VerbNames)}");
        using StopSignals signals = new();
        Printer output = new(Console.OpenStandardOutput, isJson: false);
        try
        {
            Line line = Line.Parse(verb.Syntax, args.AsSpan(1));
            if (line.Has("--json")) output = new(Console.OpenStandardOutput, isJson: true);
            // A command that is ended by a signal before it listens withdraws what it had, too: its connection closes.
            if (!verb.ListensAtOnce) return await CommandLoop.RunAsync(() => verb.RunAsync(line, output, signals.Token), signals.Listen);
            signals.Listen();
            return await verb.RunAsync(line, output, signals.Token);
        }
        catch (UsageException e)
        {
            return Fail(ExitCodes.Usage, $"{args[0]}: {e.Message}; usage: syncnet {verb.Syntax.Usage}");
        }
        catch (Exception e) when (e is ISyncFailure failure)
        {
            if (output.IsJson) TryPrint(output, failure.Failure, e.Message);
            return Fail(ExitCodes.Of(failure.Failure.Kind), e.Message);
        }
        catch (OperationCanceledException) when (signals.Received is { } signal)
        {
            return Fail(ExitCodes.Signalled + signal, $"{args[0]}: withdrawn after {(signal == StopSignals.Interrupt ? "SIGINT" : "SIGTERM")}");
        }
        catch (InvalidInputException e)
        {
            return Fail(ExitCodes.Payload, $"{args[0]}: {e.Message}");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return Fail(ExitCodes.InputOutput, $"{args[0]}: {e.Message}");
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return Fail(ExitCodes.Usage, $"{args[0]}: {WithoutParameter(e.Message)}");
        }
        catch (Exception e)
        {
            return Fail(ExitCodes.Internal, $"{args[0]}: an error of syncnet itself: {e.GetType().Name}: {e.Message}");
        }
    }

    /// <summary>Says why, in one line, and returns the code.</summary>
    public static int Fail(int code, string why)
    {
        string line = $"syncnet: {why.ReplaceLineEndings(" ")}\n";
        try
        {
            using Stream errors = Console.OpenStandardError();
            errors.Write(Encoding.UTF8.GetBytes(line));
        }
        catch (IOException)
        {
            // Nobody reads it; the code tells.
        }
        return code;
    }

    private static void TryPrint(Printer output, SyncFailure failure, string message)
    {
        try
        {
            output.Json(json => FailureJson.Write(json, failure, message));
        }
        catch (IOException)
        {
            // The failure's own code matters more.
        }
    }

    /// <summary>Names of C# parameters mean nothing in a shell.</summary>
    private static string WithoutParameter(string message)
    {
        int end = message.IndexOf(" (Parameter '", StringComparison.Ordinal);
        return end < 0 ? message : message[..end];
    }
}
