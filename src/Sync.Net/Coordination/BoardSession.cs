using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>
/// The messages under one id. They are latched: each stays for the group's life, and meets waits that come later as well. Sync
/// goes in rounds (RULES 13), so that the id can be used in a loop.
/// </summary>
internal sealed partial class BoardSession(SessionKey key, IGroup group) : Session(key, group)
{
    private readonly Board _board = new();

    /// <summary>Open waits that have nothing to do with rounds, in the order in which they came.</summary>
    private readonly List<BoardWait> _waits = [];

    public override bool MattersWithoutMembers => _board.Count > 0;

    public override bool OwesContributors => _owedRounds > 0;

    public override int KeptRounds => _open.Count + _owedRounds;

    public override bool IsIdle => _board.Count == 0 && _waits.Count == 0;

    /// <summary>Who sent the last message; null before there is one.</summary>
    public string? LastSender => _board.LastSender;

    public bool HasSent(string member) => _board.HasSent(member);

    public override IReadOnlyList<string> LackedBy(Request request) => Find(request)?.Lacked ?? [];

    /// <summary>More is known of who belongs to the group: it may be those who have sent, who are gone, or others than were named.</summary>
    public override void SeatTaken(Turn turn)
    {
        foreach (BoardWait wait in OpenWaits())
        {
            if (FaultOf(wait) is { } fault) End(wait, Refusal(fault), turn);
        }
        Judge(turn);
        foreach (BoardRound round in _open.Values.ToArray()) Judge(round, turn);
        foreach (BoardWait wait in OpenWaits()) EndIfBlocked(wait, null, turn);
    }

    private BoardWait? Find(Request request) =>
        request.Round is BoardRound round
            ? round.Waits.Find(each => ReferenceEquals(each.Request, request))
            : _waits.Find(each => ReferenceEquals(each.Request, request));

    private BoardWait[] OpenWaits() => [.. _waits, .. _open.Values.SelectMany(static round => round.Waits)];
}
