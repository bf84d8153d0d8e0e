namespace Sync.Net.Wire;

/// <summary>The first element of every frame; docs/protocol.md has a heading for each.</summary>
internal enum FrameType : byte
{
    Hello = 1,
    Challenge = 2,
    Proof = 3,
    Welcome = 4,
    Refuse = 5,
    Dial = 6,
    Carry = 7,

    Enter = 10,
    Withdraw = 11,
    Abort = 12,
    Resume = 13,
    NeedRoster = 14,
    Answer = 15,
    Decision = 16,
    Part = 17,

    Heartbeat = 20,
    Ping = 21,
    Pong = 22,
    Goodbye = 23,
    Closing = 24,
}
