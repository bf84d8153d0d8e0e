namespace Sync.Net.Runner.Engine;

/// <summary>Every wait of a run, in the order in which they began.</summary>
internal sealed class WaitBook
{
    private readonly List<WaitRecord> _waits = [];
    private readonly Dictionary<long, int> _open = [];

    public IReadOnlyList<WaitRecord> All => _waits;

    /// <summary>Takes what a member recorded itself, each in its place. Only of a server that is not seen, of which nothing is open here.</summary>
    public void AddAll(IEnumerable<WaitRecord> recorded)
    {
        WaitRecord[] all = [.. _waits.Concat(recorded).OrderBy(static wait => wait.Began)];
        _waits.Clear();
        _waits.AddRange(all);
    }

    public WaitRecord Begin(SyncEvent began)
    {
        var wait = new WaitRecord
        {
            Member = began.Member,
            Kind = began.SessionKind!,
            Session = began.Session!,
            Act = began.Act!,
            Began = began.At,
            Outcome = "open",
        };
        _open.Add(began.Wait, _waits.Count);
        _waits.Add(wait);
        return wait;
    }

    /// <summary>Null for one that is not known.</summary>
    public WaitRecord? End(SyncEvent ended)
    {
        if (!_open.Remove(ended.Wait, out int index)) return null;
        return _waits[index] = _waits[index] with
        {
            Ended = ended.At,
            Generation = ended.Generation,
            IsMet = ended.IsMet,
            Outcome = ended.IsMet ? "released" : ended.Failure is { } failure ? WordOf(failure.Kind) : "withdrawn",
            Straggler = ended.Straggler,
            Culprit = ended.Failure?.Culprit,
            Missing = [.. ended.Failure?.Missing.Select(static each => each.Id) ?? []],
            Text = ended.Failure?.ToString(),
        };
    }

    /// <summary>In lower case with dashes.</summary>
    public static string WordOf(SyncFailureKind kind) =>
        string.Concat(kind.ToString().Select(static (letter, i) => char.IsUpper(letter) ? $"{(i == 0 ? "" : "-")}{char.ToLowerInvariant(letter)}" : $"{letter}"));
}
