using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One message of a board: who sent it, in which role then, when, and what.</summary>
internal readonly record struct Message(string Sender, string? Role, TimeSpan At, ReadOnlyMemory<byte>? Data, string? Contract)
{
    /// <summary>About what a message costs besides its data and texts: so that empty ones have a bound, too.</summary>
    private const int Overhead = 128;

    public long Bytes => Overhead + (Data?.Length ?? 0) + (sizeof(char) * (Sender.Length + (Role?.Length ?? 0) + (Contract?.Length ?? 0)));

    public Contribution Tell(long number, TimeSpan now) => new(Sender, Data, Contract, number, now - At, Role);
}
