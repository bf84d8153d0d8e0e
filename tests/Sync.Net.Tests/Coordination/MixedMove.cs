namespace Sync.Net.Tests.Coordination;

internal enum MixedMoveKind
{
    Ask,
    Withdraw,
    Fail,
    Abort,
    Lose,
    Depart,
    Restart,
    Return,
    Acknowledge,
    Silence,
    ShowLife,
    Declare,
    RestartServer,
}

/// <summary>One thing that happens in a group of mixed sessions; any numbers mean something.</summary>
internal readonly record struct MixedMove(MixedMoveKind Kind, int Member, int Choice);
