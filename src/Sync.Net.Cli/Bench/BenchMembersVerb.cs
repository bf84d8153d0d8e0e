using System.Text.Json;
using Sync.Net.Cli.CommandLine;
using Sync.Net.Cli.Output;
using Sync.Net.Cli.Verbs;

namespace Sync.Net.Cli.Bench;

/// <summary>A process of members of a measurement; not for people. Its standard input has the plan, then a line to go, and ends with the command that started it.</summary>
internal sealed class BenchMembersVerb : Verb
{
    public override Syntax Syntax => new("bench-members PROCESS", 1, 1, [], []);

    public override bool ListensAtOnce => true;

    public override async Task<int> RunAsync(Line line, Printer output, CancellationToken cancellationToken)
    {
        int process = Operands.Number(line.Operands[0], "the process", 0);
        using StreamReader input = new(Console.OpenStandardInput());
        if (await input.ReadLineAsync(cancellationToken) is not { } text) return ExitCodes.Usage;
        BenchPlan plan = JsonSerializer.Deserialize(text, BenchJson.Default.BenchPlan)!;
        BenchTold end = await new BenchMembers(plan, process).RunAsync(() => GoAsync(input, output, cancellationToken)).WaitAsync(cancellationToken);
        Tell(output, end);
        return end.ExitCode;
    }

    private static async Task GoAsync(StreamReader input, Printer output, CancellationToken cancellationToken)
    {
        Tell(output, new BenchTold { Step = BenchStep.Ready });
        if (await input.ReadLineAsync(cancellationToken) is null) Environment.Exit(ExitCodes.Failure);
        new Thread(() => EndWith(input)) { IsBackground = true, Name = "syncnet bench" }.Start();
    }

    /// <summary>Nobody is there any more to be told.</summary>
    private static void EndWith(StreamReader input)
    {
        while (input.ReadLine() is not null)
        {
        }
        Environment.Exit(ExitCodes.Failure);
    }

    private static void Tell(Printer output, BenchTold told) => output.Raw(JsonSerializer.Serialize(told, BenchJson.Default.BenchTold) + "\n");
}
