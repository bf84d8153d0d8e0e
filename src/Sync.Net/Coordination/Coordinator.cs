using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>
/// The pure state machine of one group: ordered events in, effects out. It holds no socket, task, lock, clock or
/// logger, and the same events at the same times give the same effects.
/// </summary>
internal sealed partial class Coordinator(CoordinatorOptions options) : IGroup
{
    private readonly Dictionary<string, Member> _members = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Agent> _agents = [];
    private readonly Dictionary<string, Newcomer> _newcomers = new(StringComparer.Ordinal);
    private readonly Dictionary<SessionKey, Session> _sessions = [];
    private readonly HashSet<Member> _gone = [];
    private TimeSpan? _emptySince;

    public CoordinatorOptions Options { get; } = options;

    /// <summary>When the coordinator wants a tick although nothing happened; null while it waits for nothing.</summary>
    public TimeSpan? NextTick
    {
        get
        {
            TimeSpan? next = null;
            foreach (Newcomer newcomer in _newcomers.Values)
            {
                if (next is null || newcomer.Deadline < next) next = newcomer.Deadline;
            }
            // Nobody is connected, so there is no newcomer either.
            return _emptySince is { } since && OwesSomebody ? since + Options.ReturnWindow : next;
        }
    }

    /// <summary>Nobody is connected and nothing is kept that could matter to somebody who comes.</summary>
    public bool IsIdle
    {
        get
        {
            if (_agents.Count > 0 || _newcomers.Count > 0 || OwesSomebody) return false;
            if (AllHaveLeft) return true;
            // Who is to come later finds the same members, and is told who failed.
            if (_end is not null || _roll is { IsClosed: true } || _gone.Any(static member => member.State == MemberState.Failed)) return false;
            foreach (Session session in _sessions.Values)
            {
                if (session.MattersWithoutMembers) return false;
            }
            return true;
        }
    }

    /// <summary>Since when nobody is connected, and nobody is expected to resume; null while somebody may.</summary>
    public TimeSpan? EmptySince => _agents.Count == 0 && _newcomers.Count == 0 ? _emptySince : null;

    public long KeptBytes { get; set; }

    /// <summary>Requests that are open, or whose answers are not acknowledged.</summary>
    public int KeptRequests => _members.Values.Sum(static member => member.Requests.Count());

    /// <summary>Rounds that are open, or whose outcome somebody is owed.</summary>
    public int KeptRounds => _sessions.Values.Sum(static session => session.KeptRounds);

    /// <summary>Nobody comes back to what is kept here.</summary>
    private bool AllHaveLeft
    {
        get
        {
            foreach (Member member in _members.Values)
            {
                if (member.State != MemberState.Left) return false;
            }
            return _roll is not { IsClosed: true } roll || roll.All?.Members.All(_members.ContainsKey) == true;
        }
    }

    private bool OwesSomebody
    {
        get
        {
            foreach (Session session in _sessions.Values)
            {
                if (session.OwesContributors) return true;
            }
            return false;
        }
    }

    Roll? IGroup.Roll => _roll;

    IReadOnlyCollection<Member> IGroup.Members => _members.Values;

    IReadOnlyCollection<Session> IGroup.Sessions => _sessions.Values;

    IReadOnlyCollection<Member> IGroup.Gone => _gone;

    Member? IGroup.Find(string member) => _members.GetValueOrDefault(member);
}
