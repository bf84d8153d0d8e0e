using Sync.Net.Coordination;
using Sync.Net.Wire;

namespace Sync.Net.Runtime.Server;

/// <summary>
/// One group: its coordinator, the lock that orders its events, and its members' links. Effects are carried out in
/// order under the lock as far as they only queue something; a <see cref="Batch"/> collects the rest.
/// </summary>
internal sealed partial class Group
{
    /// <summary>A thread carries out one batch at a time, as a rule.</summary>
    [ThreadStatic]
    private static Batch? spare;

    private readonly ServerContext _server;
    private readonly Lock _gate = new();
    private readonly Coordinator _coordinator;
    private readonly Dictionary<long, GroupLink> _links = [];
    private readonly List<Effect> _effects = [];
    private readonly List<AnswerContent> _contents = [];
    private GroupLink? _joining;
    private long _lastBatch;
    private long _lastContent;
    private AnswerContent? _spareContent;
    private bool _isClosed;
    private bool _isRetired;
    private bool _isPinned;

    public Group(ServerContext server, string name)
    {
        _server = server;
        Name = name;
        _coordinator = new Coordinator(server.CoordinatorOptions);
        _journal = server.Journal;
    }

    public string Name { get; }

    public RosterCache Rosters { get; } = new();

    /// <summary>When the coordinator wants a tick; read without the lock by the server's timer.</summary>
    public bool NeedsTick(TimeSpan now)
    {
        lock (_gate) return _coordinator.NextTick is { } at && at <= now;
    }

    /// <summary>Since when nobody is connected; null while somebody is, or may resume.</summary>
    public TimeSpan? EmptySince(TimeSpan now)
    {
        lock (_gate)
        {
            return _coordinator.EmptySince is { } since && since + _server.CoordinatorOptions.ReturnWindow <= now ? since : null;
        }
    }

    /// <summary>Drops what is kept for members that may never come; false when one has come meanwhile.</summary>
    public bool TryRetire(TimeSpan now)
    {
        lock (_gate)
        {
            if (_isPinned || _links.Count > 0 || _pending.Count > 0 || EmptySince(now) is null) return false;
            Retire();
            return true;
        }
    }

    public Batch Rent()
    {
        Batch batch = spare ?? new Batch();
        spare = null;
        batch.Id = Interlocked.Increment(ref _lastBatch);
        return batch;
    }

    /// <summary>Does outside the lock what the batch has collected, and takes the batch back.</summary>
    public void Flush(Batch batch)
    {
        batch.Flush(this);
        spare = batch;
    }

    public void Log(string member, string text) => Sync.Net.Runtime.Server.Log.Noted(_server.Logger, Name, member, text);

    /// <summary>Tells every member that the server stops; nothing is decided from then on.</summary>
    public void Close(Batch batch)
    {
        lock (_gate)
        {
            if (_hasFailed) return;
            _isClosed = true;
            _isClosingPending = _pending.Count > 0;
            if (!_isClosingPending) TellClosing(batch);
        }
    }

    private void Detach(GroupLink link)
    {
        link.IsAttached = false;
        _links.Remove(link.Number);
    }

    private void RetireIfIdle()
    {
        if (_isRetired || _isPinned || _links.Count > 0 || _pending.Count > 0 || !_coordinator.IsIdle) return;
        Retire();
        _server.Groups.Remove(this);
    }

    private void Retire()
    {
        _isRetired = true;
        if (_coordinator.IsKept) _journal?.Forget(this);
    }
}
