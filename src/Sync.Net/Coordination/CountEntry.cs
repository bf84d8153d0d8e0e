using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>What one request contributes to a counted barrier's round.</summary>
/// <param name="Member">Whose it is.</param>
/// <param name="Request">Its wait; null for an asynchronous initialiser, which was answered at once.</param>
/// <param name="Act">Wait, Initialize or Add.</param>
/// <param name="Number">How many it says are to wait; 0 for a wait that leaves that to initialisers.</param>
/// <param name="Roster">Who is to wait, where an initialiser names them.</param>
/// <param name="Code">What the member reports.</param>
/// <param name="Flags">Options of the call.</param>
/// <param name="At">When it came.</param>
internal sealed record CountEntry(
    Member Member, Request? Request, Act Act, long Number, Roster? Roster, int Code, EnterFlags Flags, TimeSpan At)
{
    private const int EntryBytes = 64;

    /// <summary>The number of what was initialised asynchronously, by which it is kept; 0 for all else.</summary>
    public long Credit { get; init; }

    public bool IsWaiter => Act == Act.Wait;

    /// <summary>It stays until it is used or cleared, whatever becomes of its member.</summary>
    public bool IsCredit => Act == Act.Add;

    /// <summary>About what it takes to keep it while nobody waits.</summary>
    public long KeptBytes => EntryBytes + Member.Id.Length + (Roster?.Members.Sum(static id => (long)id.Length + sizeof(long)) ?? 0);

    /// <summary>What its member does here, in words.</summary>
    public override string ToString() => (IsWaiter, Number, Roster) switch
    {
        (true, 0, _) => $"{Member.Id} waits without a number, to be counted by an initialiser",
        (true, _, _) => $"{Member.Id} waits as one of {Number}",
        (_, _, null) => $"{Member.Id} initialises it with {Number}",
        _ => $"{Member.Id} initialises it for [{Roster}]",
    };
}
