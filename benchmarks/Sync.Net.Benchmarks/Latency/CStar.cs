using System.Globalization;
using Sync.Net.Benchmarks.Processes;

namespace Sync.Net.Benchmarks.Latency;

/// <summary>native/star.c: an epoll server and its members, all in C.</summary>
internal sealed class CStar : IContender
{
    private readonly string _program;

    private CStar(string program) => _program = program;

    public string Name => "C star";

    public static async Task<CStar> BuildAsync() => new(await NativeProgram.BuildAsync("star"));

    public async Task RunAsync(RunPlan plan, string directory)
    {
        await using var children = new ChildProcesses();
        children.Start(
            _program,
            plan.Members.ToString(CultureInfo.InvariantCulture),
            plan.Rounds.ToString(CultureInfo.InvariantCulture),
            plan.Bytes.ToString(CultureInfo.InvariantCulture),
            plan.Limit.TotalSeconds.ToString("F0", CultureInfo.InvariantCulture),
            directory);
        await children.WaitForSuccessAsync(plan.Limit);
    }
}
