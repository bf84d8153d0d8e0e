using Sync.Net.Runner;

namespace Sync.Net.Cli.Running;

/// <summary>Shows only what somebody must act on: the line for a member that is started by hand.</summary>
internal sealed class SilentRunView : RunView
{
    public override void Tell(RunEvent happened)
    {
        if (happened is WorkerAwaited { Member: var member, Line: var line }) Tool.Fail(ExitCodes.Success, $"run: start {member} by hand: {line}");
    }

    public override ValueTask DisposeAsync() => default;
}
