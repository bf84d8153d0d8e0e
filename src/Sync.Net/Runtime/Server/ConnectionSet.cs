using System.Collections.Concurrent;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Server;

/// <summary>The connections of one server that have passed their handshake.</summary>
internal sealed class ConnectionSet
{
    private readonly ConcurrentDictionary<long, Connection> _connections = new();

    private int _count;

    /// <remarks>Counted here: the dictionary's own count takes all of its locks.</remarks>
    public int Count => Volatile.Read(ref _count);

    public void Add(Connection connection)
    {
        if (_connections.TryAdd(connection.Number, connection)) Interlocked.Increment(ref _count);
    }

    public void Remove(Connection connection)
    {
        if (_connections.TryRemove(connection.Number, out _)) Interlocked.Decrement(ref _count);
    }

    /// <summary>Keeps the times of all; one that comes or goes meanwhile may be left out.</summary>
    public void Watch(TimeSpan now)
    {
        // The heartbeats of members that share a connection go out together.
        WriteGathering.Begin();
        try
        {
            foreach (KeyValuePair<long, Connection> each in _connections) each.Value.Watch(now);
        }
        finally
        {
            WriteGathering.End();
        }
    }

    /// <summary>Ends when all that are there now have ended.</summary>
    public Task WhenEnded() => Task.WhenAll(_connections.Select(each => each.Value.Ended));

    public void AbortAll(string reason)
    {
        foreach (KeyValuePair<long, Connection> each in _connections) each.Value.Abort(new Ending(reason));
    }
}
