namespace Sync.Net.Tests.Coordination;

internal enum BoardStepKind
{
    Send,
    Receive,
    ReceiveAll,
    Sync,
    Peek,
    Withdraw,
    Acknowledge,
    Lose,
    Restart,
    Return,
    Depart,
}

/// <summary>One thing that happens to a board; numbers out of range wrap.</summary>
internal readonly record struct BoardStep(BoardStepKind Kind, int Member, int Choice);
