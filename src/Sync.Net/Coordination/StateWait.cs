using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>One wait for states of members: of each of them all of the states, or any.</summary>
internal sealed class StateWait(Request request, Roster roster, IReadOnlyList<string> states, bool any)
{
    private readonly HashSet<string> _missing = new(roster.Members, StringComparer.Ordinal);

    public Request Request { get; } = request;

    public Roster Roster { get; } = roster;

    public IReadOnlyList<string> States { get; } = states;

    public bool IsMet => _missing.Count == 0;

    public IEnumerable<string> Missing => Roster.Members.Where(_missing.Contains);

    /// <summary>Whether it lacks a member, for whose return it does not wait.</summary>
    public bool IsEndedBy(Member gone) => !Request.Flags.HasFlag(EnterFlags.WaitForReturn) && Lacks(gone.Id);

    public bool Lacks(string member) => _missing.Contains(member);

    /// <summary>A member has come into states; those only grow, so what it has met stays met.</summary>
    public void Learn(string member, IReadOnlySet<string> states)
    {
        if (any ? States.Any(states.Contains) : States.All(states.Contains)) _missing.Remove(member);
    }

    public override string ToString() =>
        States.Count == 1 ? $"for the state '{States[0]}'" : $"for {(any ? "any" : "all")} of the states '{string.Join("', '", States)}'";
}
