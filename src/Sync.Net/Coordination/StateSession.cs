using System.Text;
using Sync.Net.Wire;

namespace Sync.Net.Coordination;

/// <summary>The sticky states of the members: they only grow, and outlive the loss, the return and the goodbye of who set them.</summary>
internal sealed partial class StateSession(SessionKey key, IGroup group) : Session(key, group)
{
    private const int StateBytes = 64;

    private readonly Dictionary<string, SortedSet<string>> _states = new(StringComparer.Ordinal);

    /// <summary>Open waits, in order of arrival.</summary>
    private readonly List<StateWait> _waits = [];

    public override bool MattersWithoutMembers => _states.Count > 0;

    public override bool IsIdle => _states.Count == 0 && _waits.Count == 0;

    public override IReadOnlyList<string> LackedBy(Request request) => [.. WaitOf(request).Missing];

    public override void Enter(Member member, Request request, in Enter enter, Turn turn)
    {
        Ask ask = enter.Ask!;
        if (ask.Act == Act.SetState) Set(member, request, ask.Text, turn);
        else if (FaultOf(ask, enter.Roster) is { } fault) turn.Answer(request, Refusal(fault));
        else Wait(new StateWait(request, enter.Roster, ask.Names!, any: ask.Number == 1), turn);
    }

    private void Set(Member member, Request request, string? state, Turn turn)
    {
        if (string.IsNullOrEmpty(state))
        {
            turn.Answer(request, Refusal("a state has a name."));
            return;
        }
        SortedSet<string>? states = _states.GetValueOrDefault(member.Id);
        if (states?.Contains(state) != true)
        {
            long bytes = BytesOf(state);
            if (Group.KeptBytes + bytes > Group.Options.MaxKeptBytes)
            {
                turn.Answer(request, Refusal($"the group keeps at most {Group.Options.MaxKeptBytes} bytes (MaxKeptBytes); the server's limit must be raised."));
                return;
            }
            Group.KeptBytes += bytes;
            if (states is null) _states.Add(member.Id, states = new SortedSet<string>(StringComparer.Ordinal));
            states.Add(state);
            if (Group.KeepsFacts) Group.Keep(new KeptState(Key.Name, member.Id, state), turn);
        }
        turn.Answer(request, Released.Nothing);
        foreach (StateWait wait in _waits.FindAll(each => each.Lacks(member.Id)))
        {
            wait.Learn(member.Id, states!);
            if (wait.IsMet) End(wait, Met(wait), turn);
        }
    }

    public void Restore(KeptState kept)
    {
        if (!_states.TryGetValue(kept.Member, out SortedSet<string>? states)) _states.Add(kept.Member, states = new SortedSet<string>(StringComparer.Ordinal));
        if (states.Add(kept.State)) Group.KeptBytes += BytesOf(kept.State);
    }

    private void Wait(StateWait wait, Turn turn)
    {
        foreach (string member in wait.Roster.Members)
        {
            if (_states.TryGetValue(member, out SortedSet<string>? states)) wait.Learn(member, states);
        }
        if (wait.IsMet)
        {
            turn.Answer(wait.Request, Met(wait));
            return;
        }
        _waits.Add(wait);
        if (Group.Gone.FirstOrDefault(wait.IsEndedBy) is { } gone) EndForGone(wait, gone, turn);
    }

    /// <summary>Why a wait is turned away; null when it may go on.</summary>
    private string? FaultOf(Ask ask, Roster members)
    {
        if (members.Count == 0) return "nobody is named whose states are waited for: name the members.";
        if (ask.Names is not { Count: > 0 } names || names.Any(string.IsNullOrEmpty)) return "no state is named to wait for.";
        return Outsiders.In(members, Group.Roll) is { } outsiders ? $"not of the group, and so never in any state: {outsiders}." : null;
    }

    private static long BytesOf(string state) => StateBytes + Encoding.UTF8.GetByteCount(state);

    private static Released Met(StateWait wait) => new(wait.Roster.Count, null, null, null, []);

    private static Failed Refusal(string reason) => Failures.Of(SyncFailureKind.Refused, null, reason);

    private StateWait WaitOf(Request request) => _waits.Find(each => ReferenceEquals(each.Request, request))!;
}
