using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

internal enum DeadlockMoveKind
{
    Wait,
    Contribute,
    Declare,
    Silence,
    Hear,
    Reconnect,
    Withdraw,
    Lose,
    Restart,
}

/// <summary>One thing that a member does; any numbers mean something.</summary>
internal readonly record struct DeadlockMove(DeadlockMoveKind Kind, int Member, int Choice);

/// <summary>Plays moves in a closed group, and keeps the books that a verdict is checked by: who could still go on.</summary>
internal sealed class DeadlockPlay
{
    private readonly string[] _members;
    private readonly bool _promises;
    private readonly HashSet<string> _joined = [];
    private readonly HashSet<string> _heard = [];
    private readonly HashSet<string> _promised = [];
    private readonly Dictionary<Wait, EnterFlags> _flags = [];

    /// <param name="members">How many members there are.</param>
    /// <param name="late">A bit for each member that has not come at first.</param>
    /// <param name="promises">Whether the members promise to wait for one thing at a time; without it nothing is a verdict.</param>
    public DeadlockPlay(int members, int late, bool promises)
    {
        _members = [.. Enumerable.Range(0, members).Select(i => ((char)('a' + i)).ToString())];
        _promises = promises;
        Group = new GroupDriver("");
        for (int i = 0; i < members; i++)
        {
            if (((late >> i) & 1) != 0) continue;
            Come(_members[i]);
            Declare(_members[i], promise: true);
        }
    }

    public GroupDriver Group { get; }

    public IReadOnlyList<string> Members => _members;

    /// <summary>The waits of members that are there.</summary>
    public IEnumerable<Wait> Open => _flags.Keys.Where(wait => wait.IsOpen && _joined.Contains(wait.Member) && wait.Incarnation == Group.IncarnationOf(wait.Member));

    public IEnumerable<Wait> Told => _flags.Keys.Where(static wait => !wait.IsOpen && wait.Answers[0].Outcome is Failed { Kind: SyncFailureKind.Deadlock });

    /// <summary>Every member is there, has promised, is heard, and has one wait that no deadline ends without a word.</summary>
    public bool NobodyGoesOn => Array.TrueForAll(_members, member =>
        _heard.Contains(member) && _promised.Contains(member) && OpenOf(member) is [var only] && (_flags[only] & (EnterFlags.Quiet | EnterFlags.WaitForReturn)) == 0);

    /// <summary>Some wait may be met by taking another back.</summary>
    public bool WithdrawalMayMeet => Open.Any(static wait => wait.Session.Kind == SessionKind.Count);

    public void Apply(DeadlockMove move)
    {
        string member = _members[move.Member % _members.Length];
        bool isHere = _joined.Contains(member);
        Wait[] open = OpenOf(member);
        switch (move.Kind)
        {
            case DeadlockMoveKind.Wait when isHere && (open.Length == 0 || move.Choice % 16 == 5):
                Wait(member, move.Choice);
                break;
            case DeadlockMoveKind.Contribute when isHere && open.Length == 0:
                Contribute(member, move.Choice);
                break;
            case DeadlockMoveKind.Declare when isHere:
                Declare(member, move.Choice % 4 != 0);
                break;
            case DeadlockMoveKind.Silence when isHere:
                Group.Silence(member, 10);
                _heard.Remove(member);
                break;
            case DeadlockMoveKind.Hear when isHere:
                Group.Hear(member);
                _heard.Add(member);
                break;
            case DeadlockMoveKind.Reconnect when isHere:
                // A verdict at the reconnect is known before the member resumes.
                _heard.Add(member);
                Group.Reconnect(member);
                break;
            case DeadlockMoveKind.Withdraw when open.Length > 0:
                Group.Withdraw(open[0], (WithdrawReason)(move.Choice % 3));
                break;
            case DeadlockMoveKind.Lose when isHere:
                Lose(member);
                break;
            case DeadlockMoveKind.Restart when !isHere:
                Come(member);
                break;
        }
    }

    /// <summary>Every member that is there answers, as if it had been asked.</summary>
    public void ShowLife()
    {
        foreach (string member in _joined) Group.ShowLife(member);
    }

    /// <summary>One way in which a member that waits may end, or only be away for a while: nothing that contributes.</summary>
    public void End(string member, int way)
    {
        if (!_joined.Contains(member)) return;
        switch (way % 5)
        {
            case 0 or 1:
                foreach (Wait wait in OpenOf(member)) Group.Withdraw(wait, (WithdrawReason)(way % 5));
                break;
            case 2:
                Lose(member);
                break;
            case 3:
                Group.Leave(member);
                _joined.Remove(member);
                break;
            default:
                Group.Silence(member, 10);
                Group.Return(member, OpenOf(member));
                break;
        }
    }

    private Wait[] OpenOf(string member) => [.. Open.Where(wait => wait.Member == member)];

    private void Come(string member)
    {
        Group.Join(member);
        _joined.Add(member);
        _heard.Add(member);
        _promised.Remove(member);
    }

    private void Lose(string member)
    {
        Group.Lose(member);
        _joined.Remove(member);
        _heard.Remove(member);
    }

    private void Declare(string member, bool promise)
    {
        // The book first: what the declaration completes is told at once.
        if (promise) _promised.Add(member);
        else _promised.Remove(member);
        Group.TryDeclare(member, string.Join(' ', _members), promise && _promises);
    }

    private void Contribute(string member, int choice)
    {
        switch (choice % 3)
        {
            case 0:
                Group.Send(member, $"m{choice / 3 % 2}");
                break;
            case 1:
                Group.SetState(member, "ready");
                break;
            default:
                Group.Add(member, 1 + (choice / 3 % 2));
                break;
        }
    }

    private void Wait(string member, int choice)
    {
        EnterFlags flags = (choice % 11) switch { 3 => EnterFlags.Quiet, 7 => EnterFlags.WaitForReturn, _ => EnterFlags.None };
        string other = _members[(Array.IndexOf(_members, member) + 1 + (choice / 9)) % _members.Length];
        string pair = member == other ? member : $"{member} {other}";
        string name = $"s{choice % 2}";
        if (choice % 9 < 3 && choice % 5 == 0) flags |= EnterFlags.ConfirmRelease;
        Wait wait = (choice % 9) switch
        {
            0 => Group.Enter(member, name, pair, flags),
            1 => Group.MeetAll(member, "all", flags),
            2 => Group.Give(member, name, "1", pair, flags),
            3 => Group.Count(member, Math.Max(0, (choice / 9 % 5) - 2), flags: flags),
            4 => Group.Initialize(member, 1 + (choice / 9 % 2), flags: flags),
            5 => Group.Receive(member, "m0", flags: flags),
            6 => Group.ReceiveAll(member, "m1", roster: other, flags: flags),
            7 => Group.Sync(member, "m1", flags: flags),
            _ => Group.WaitForStates(member, other, "ready", flags: flags),
        };
        _flags.Add(wait, flags);
    }
}
