using System.Threading.Channels;

namespace Sync.Net.Tests.Runtime.Server;

/// <summary>A store in memory, whose writes wait or fail when a test says so.</summary>
internal sealed class StoreBook : ISyncStore
{
    private readonly Dictionary<(string Group, string Key), byte[]> _entries = [];
    private readonly Lock _gate = new();
    private readonly Channel<int> _begun = Channel.CreateUnbounded<int>();
    private TaskCompletionSource? _held;

    /// <summary>What each write throws; null for none.</summary>
    public Exception? Fault { get; set; }

    public int Writes { get; private set; }

    public IEnumerable<string> Keys
    {
        get
        {
            lock (_gate) return [.. _entries.Keys.Select(static each => $"{each.Group} {each.Key}").Order(StringComparer.Ordinal)];
        }
    }

    public StoreBook Copy() => Of([.. Load()]);

    public static StoreBook Of(params SyncStoreEntry[] entries)
    {
        var book = new StoreBook();
        book.Write(entries);
        return book;
    }

    /// <summary>From here on a write does not end before <see cref="Release"/>.</summary>
    public void Hold() => _held = new TaskCompletionSource();

    public void Release() => _held!.SetResult();

    /// <summary>A write has begun, for each call one.</summary>
    public ValueTask<int> BegunAsync(CancellationToken token) => _begun.Reader.ReadAsync(token);

    public IReadOnlyList<SyncStoreEntry> Load()
    {
        lock (_gate) return [.. _entries.Select(static each => new SyncStoreEntry(each.Key.Group, each.Key.Key, each.Value))];
    }

    public void Write(IReadOnlyList<SyncStoreEntry> entries)
    {
        _begun.Writer.TryWrite(entries.Count);
        _held?.Task.GetAwaiter().GetResult();
        if (Fault is not null) throw Fault;
        lock (_gate)
        {
            Writes++;
            foreach (SyncStoreEntry entry in entries) Write(entry);
        }
    }

    private void Write(SyncStoreEntry entry)
    {
        if (entry.Key is null)
        {
            foreach ((string Group, string Key) key in _entries.Keys.Where(each => each.Group == entry.Group).ToArray()) _entries.Remove(key);
        }
        else if (entry.Value is { } value)
        {
            _entries[(entry.Group, entry.Key)] = value.ToArray();
        }
        else
        {
            _entries.Remove((entry.Group, entry.Key));
        }
    }
}
