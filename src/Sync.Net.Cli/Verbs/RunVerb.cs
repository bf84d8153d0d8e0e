using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Connecting;
using Sync.Net.Cli.Output;
using Sync.Net.Cli.Running;
using Sync.Net.Runner;

namespace Sync.Net.Cli.Verbs;

/// <summary>Runs all sides of a test at once: those of a plan, or the commands of the line.</summary>
internal sealed class RunVerb : Verb
{
    private const string Separator = ":::";

    public override Syntax Syntax => new Syntax(
        "run [OPTION …] PLAN.json | run [OPTION …] -- CMD [ARG …] [::: CMD [ARG …]] … | run --schema",
        0,
        1,
        ["--inventory", "--output", "--listen", "--advertise", "--endpoint", "--key-file", "--timeout", "--name"],
        ["--check", "--schema", "--json"]) with { TakesCommand = true };

    public override bool ListensAtOnce => true;

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        if (line.Has("--schema"))
        {
            output.Raw(RunPlan.Schema);
            return ExitCodes.Success;
        }
        if (RunOf(line) is not { } run) return ExitCodes.Usage;
        run.Validate();
        if (line.Has("--check")) return ExitCodes.Success;
        run.Folder = line.Get("--output") ?? RunFolder.Default(run.Name);
        return await RunAsync(run, output, cancellationToken);
    }

    private static async Task<int> RunAsync(MultiHostRun run, Printer output, CancellationToken cancellationToken)
    {
        RunResult result;
        await using (RunView view = RunView.For(output, run.Folder!))
        {
            run.Progress = view.Tell;
            result = await run.RunAsync(cancellationToken);
        }
        if (output.IsJson) output.Raw(await File.ReadAllTextAsync(Path.Combine(run.Folder!, "results.json"), CancellationToken.None));
        // What stopped it from outside is told as of any other verb.
        if (result.Verdict == Verdict.Interrupted) cancellationToken.ThrowIfCancellationRequested();
        return result.Passed ? ExitCodes.Success : ExitCodes.Failure;
    }

    /// <summary>Null: the plan was refused, and was told why.</summary>
    private static MultiHostRun? RunOf(Line line)
    {
        bool isPlan = line.Operands.Count > 0;
        if (isPlan == line.Literals.Length > 0) throw new UsageException(isPlan ? "a plan and commands are given: keep one" : "a plan, or commands after --, are missing");
        if (!isPlan && line.Get("--inventory") is not null) throw new UsageException("--inventory goes with a plan");
        MultiHostRun? run = isPlan ? OfPlan(line) : OfCommands(line);
        if (run is null) return null;
        if (line.Get("--name") is { } name && isPlan) throw new UsageException($"the plan has its name; remove --name {name}");
        if (line.Get("--listen") is { } listen) run.Listen = listen;
        if (line.Get("--advertise") is { } advertise) run.Advertise = advertise;
        if (line.Get("--endpoint") is { } endpoint) run.Endpoint = endpoint;
        SyncOptions given = MemberOptions.Read(line);
        // What the environment says is about a member of another group; only to a server that runs already its key may belong.
        if (line.Get("--timeout") is not null) run.Timeout = given.Timeout == Timeout.InfiniteTimeSpan ? null : given.Timeout;
        if (line.Get("--key-file") is not null || run.Endpoint is not null) run.Key = given.Key;
        return run;
    }

    private static MultiHostRun? OfPlan(Line line)
    {
        RunPlan plan;
        try
        {
            plan = RunPlan.Load(line.Operand(0)!, line.Get("--inventory"));
        }
        catch (PlanException e)
        {
            foreach (PlanFault fault in e.Faults) Tool.Fail(ExitCodes.Usage, $"run: {fault}");
            return null;
        }
        foreach (PlanFault warning in plan.Warnings) Tool.Fail(ExitCodes.Success, $"run: warning: {warning}");
        return plan.CreateRun();
    }

    /// <summary>Commands side by side (Avocado's V3): worker1, worker2, ….</summary>
    private static MultiHostRun OfCommands(Line line)
    {
        var run = new MultiHostRun(line.Get("--name") ?? "run");
        List<string> command = [];
        foreach (string word in line.Literals.Append(Separator))
        {
            if (word != Separator)
            {
                command.Add(word);
                continue;
            }
            if (command.Count == 0) throw new UsageException($"a command is missing beside {Separator}");
            // One word with spaces was quoted as a whole: a line for the shell.
            string[] words = command is [var text] && text.Contains(' ', StringComparison.Ordinal) ? ["sh", "-c", text] : [.. command];
            run.Add(new RunMember($"worker{run.Members.Count + 1}") { Command = words });
            command.Clear();
        }
        return run;
    }
}
