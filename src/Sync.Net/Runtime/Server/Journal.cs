using Sync.Net.Coordination;

namespace Sync.Net.Runtime.Server;

/// <summary>
/// Writes the facts of all groups to the server's store: in their order, on a thread of its own while there are any, and all that came
/// during one write together with the next.
/// </summary>
/// <param name="store">Where to.</param>
/// <param name="writer">Makes entries of facts.</param>
/// <param name="onFailed">Called once, with what the store threw; nothing is written from then on, and no turn goes on.</param>
internal sealed class Journal(ISyncStore store, KeptWriter writer, Action<Exception> onFailed)
{
    private readonly Lock _gate = new();
    private readonly List<SyncStoreEntry> _entries = [];
    private List<Item> _queued = [];
    private List<Item> _writing = [];
    private TaskCompletionSource? _idle;
    private bool _hasFailed;

    /// <summary>Called under the group's lock; the turn goes on when its facts are written.</summary>
    public void Write(PendingTurn turn, List<KeptFact> facts) => Add(new Item(turn.Group, facts, turn));

    /// <summary>Removes all that is kept of a group. What a later group of that name keeps is written after it.</summary>
    public void Forget(Group group) => Add(new Item(group, null, null));

    /// <summary>Ends when nothing is left to write.</summary>
    public Task WhenIdleAsync()
    {
        lock (_gate) return _idle?.Task ?? Task.CompletedTask;
    }

    private void Add(in Item item)
    {
        lock (_gate)
        {
            if (_hasFailed) return;
            _queued.Add(item);
            if (_idle is not null) return;
            _idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        // A write waits for the disk, which is no place for the thread that reads the connections.
        ThreadPool.UnsafeQueueUserWorkItem(static journal => journal.WriteAll(), this, preferLocal: false);
    }

    private void WriteAll()
    {
        try
        {
            while (Take())
            {
                WriteTaken();
                foreach (Item item in _writing)
                {
                    if (item.Turn is { } turn) item.Group.GoOn(turn);
                }
                _writing.Clear();
            }
        }
#pragma warning disable CA1031 // Whatever a store throws: what it was to keep is not kept, and nobody may believe that it is.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Fail(e);
        }
    }

    private bool Take()
    {
        lock (_gate)
        {
            (_queued, _writing) = (_writing, _queued);
            if (_writing.Count > 0) return true;
            _idle?.SetResult();
            _idle = null;
            return false;
        }
    }

    private void WriteTaken()
    {
        _entries.Clear();
        foreach (Item item in _writing)
        {
            if (item.Facts is null) _entries.Add(new SyncStoreEntry(item.Group.Name, null, null));
            else item.Facts.ForEach(fact => writer.Write(item.Group.Name, fact, _entries));
        }
        store.Write(_entries);
    }

    private void Fail(Exception e)
    {
        lock (_gate)
        {
            _hasFailed = true;
            _queued.Clear();
            _idle?.SetResult();
            _idle = null;
        }
        onFailed(e);
    }

    /// <summary>Facts of a turn; without facts: the group is over.</summary>
    private readonly record struct Item(Group Group, List<KeptFact>? Facts, PendingTurn? Turn);
}
