namespace Sync.Net.Tests.Coordination;

internal enum StepKind
{
    Enter,
    Withdraw,
    Abort,
    Lose,
    Depart,
    Return,
    Restart,
    Reconnect,
    Acknowledge,
    Silence,
    ShowLife,
}

/// <summary>One thing that happens; numbers out of range wrap, so that any shrunk step still means something.</summary>
internal readonly record struct Step(StepKind Kind, int Member, int Session, int Choice);
