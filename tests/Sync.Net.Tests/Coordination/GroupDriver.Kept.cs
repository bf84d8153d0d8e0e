using Sync.Net.Coordination;
using Sync.Net.Runtime.Server;
using Sync.Net.Tests.Runtime.Server;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Coordination;

// What is kept, through the same entries as a server's, and the next server that reads it.
internal sealed partial class GroupDriver
{
    public static readonly CoordinatorOptions Keeping = new() { KeepsFacts = true };

    private readonly KeptClock _clock;
    private readonly StoreBook _book;
    private int _saved;

    /// <summary>All facts so far, in order.</summary>
    public IEnumerable<KeptFact> Facts => History.Where(static effect => effect.Kind == EffectKind.Keep).Select(static effect => effect.Fact!);

    /// <summary>What is in the store by now.</summary>
    public StoreBook Book
    {
        get
        {
            var writer = new KeptWriter(_clock);
            var entries = new List<SyncStoreEntry>();
            for (; _saved < History.Count; _saved++)
            {
                if (History[_saved].Fact is { } fact) writer.Write("g", fact, entries);
            }
            _book.Write(entries);
            return _book;
        }
    }

    /// <summary>This server dies, and the next one reads what was kept; these members reach it as the processes that they were.</summary>
    /// <param name="members">With spaces between them; "" for nobody.</param>
    /// <param name="after">How many seconds after this one's last event the next one starts.</param>
    /// <param name="options">Other bounds than before.</param>
    public GroupDriver NextServer(string members, double after = 0, CoordinatorOptions? options = null)
    {
        var clock = new KeptClock(DateTimeOffset.FromUnixTimeMilliseconds(_clock.ToCalendar(Now + TimeSpan.FromSeconds(after))));
        var next = new GroupDriver("", options ?? Coordinator.Options, clock, Book.Copy()) { _lastIncarnation = _lastIncarnation, _lastLink = _lastLink };
        if (new KeptReader(clock).Read(next._book.Load()).TryGetValue("g", out IReadOnlyList<KeptFact>? facts)) next.Coordinator.Restore(facts, next.Now);
        foreach (string member in members.Split(' ', StringSplitOptions.RemoveEmptyEntries)) next.Meet(member, Seats(member));
        return next;
    }

    /// <summary>Sends a request of an earlier server's time again, with what it asked.</summary>
    public Wait Again(Wait former, Ask ask, string? data = null)
    {
        var wait = new Wait(former.Member, former.Incarnation, former.Request, former.Session);
        _waits.Add((wait.Member, wait.Incarnation, wait.Request), wait);
        Coordinator.Apply(new Enter(Seats(wait.Member).Link, wait.Request, wait.Session, 0, default, Roster.Empty, Bytes(data), null, null, ask), Now, _effects);
        CarryOut();
        return wait;
    }

    private void Meet(string member, Seat former)
    {
        Join(member, null, former.Incarnation);
        if (_seats.TryGetValue(member, out Seat? seat)) seat.LastRequest = former.LastRequest;
    }
}
