using System.Collections.Concurrent;

namespace Sync.Net.Runtime.Server;

/// <summary>The connections of one server that have passed their handshake.</summary>
internal sealed class ConnectionSet
{
    private readonly ConcurrentDictionary<long, Connection> _connections = new();

    public int Count => _connections.Count;

    public void Add(Connection connection) => _connections[connection.Number] = connection;

    public void Remove(Connection connection) => _connections.TryRemove(connection.Number, out _);

    /// <summary>Keeps the times of all; one that comes or goes meanwhile may be left out.</summary>
    public void Watch(TimeSpan now)
    {
        foreach (KeyValuePair<long, Connection> each in _connections) each.Value.Watch(now);
    }

    /// <summary>Ends when all that are there now have ended.</summary>
    public Task WhenEnded() => Task.WhenAll(_connections.Select(each => each.Value.Ended));

    public void AbortAll(string reason)
    {
        foreach (KeyValuePair<long, Connection> each in _connections) each.Value.Abort(new Ending(reason));
    }
}
