namespace Sync.Net.Runner.Reports.Analysis;

/// <summary>Who held up whom.</summary>
/// <remarks>
/// A met wait is put to the account of who came last. One that was not met is put to that of its culprit; where none is known, to
/// that of each missing member, in full.
/// </remarks>
internal static class HoldUps
{
    public static IReadOnlyList<HoldUp> Of(RunResult run, IReadOnlyList<Lane> lanes)
    {
        HashSet<string> members = new(lanes.Select(lane => lane.Member), StringComparer.Ordinal);
        Dictionary<string, Account> accounts = new(StringComparer.Ordinal);
        foreach (WaitRecord wait in run.Waits)
        {
            TimeSpan took = Lanes.EndOf(run, wait) - wait.Began;
            if (took == TimeSpan.Zero) continue;
            bool isMet = WaitText.ClassOf(wait) == WaitClass.Met;
            foreach (string debtor in Debtors(wait, isMet, members))
            {
                if (debtor == wait.Member) continue;
                if (!accounts.TryGetValue(debtor, out Account? account)) accounts.Add(debtor, account = new Account());
                account.Add(wait.Member, took, isMet);
            }
        }
        return
        [
            .. accounts.Select(a => a.Value.Close(a.Key))
                .OrderByDescending(h => h.Waited + h.InVain)
                .ThenBy(h => h.Member, StringComparer.Ordinal),
        ];
    }

    // What is missing may also be a few words, such as a number of free seats.
    private static IEnumerable<string> Debtors(WaitRecord wait, bool isMet, HashSet<string> members) =>
        isMet ? One(wait.Straggler)
        : wait.Culprit is not null ? One(wait.Culprit)
        : wait.Missing.Where(members.Contains).Distinct(StringComparer.Ordinal);

    private static string[] One(string? member) => member is null ? [] : [member];

    private sealed class Account
    {
        private readonly Dictionary<string, TimeSpan> _waiters = new(StringComparer.Ordinal);
        private TimeSpan _waited;
        private TimeSpan _inVain;
        private int _waits;

        public void Add(string waiter, TimeSpan took, bool isMet)
        {
            if (isMet) _waited += took;
            else _inVain += took;
            _waits++;
            _waiters[waiter] = _waiters.GetValueOrDefault(waiter) + took;
        }

        public HoldUp Close(string member) => new()
        {
            Member = member,
            Waited = _waited,
            InVain = _inVain,
            Waits = _waits,
            Waiters =
            [
                .. _waiters.Select(w => new HeldUp(w.Key, w.Value)).OrderByDescending(w => w.Waited).ThenBy(w => w.Member, StringComparer.Ordinal),
            ],
        };
    }
}
