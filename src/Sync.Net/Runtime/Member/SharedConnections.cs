using Sync.Net.Transport;

namespace Sync.Net.Runtime.Member;

/// <summary>Who of this process is connected where: the first member dials for itself, those that come beside it share carriers.</summary>
internal sealed class SharedConnections
{
    public static readonly SharedConnections OfProcess = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<(ITransport, SyncEndpoint), SharedRoute> _routes = [];

    /// <summary>Counts one more member on its way to the server, until the seat is given back.</summary>
    public SharedRoute.Seat Take(ITransport transport, SyncEndpoint endpoint)
    {
        if (!transport.SharesConnections) return new SharedRoute.Seat(this, new SharedRoute(transport, endpoint), isFirst: true);
        lock (_gate)
        {
            if (!_routes.TryGetValue((transport, endpoint), out SharedRoute? route))
                _routes.Add((transport, endpoint), route = new SharedRoute(transport, endpoint));
            return new SharedRoute.Seat(this, route, isFirst: route.Members++ == 0);
        }
    }

    /// <summary>With the last of its members the route is forgotten, and with it what was found out about the server.</summary>
    public void GiveBack(SharedRoute route)
    {
        lock (_gate)
        {
            if (--route.Members == 0) _routes.Remove((route.Transport, route.Endpoint));
        }
    }
}
