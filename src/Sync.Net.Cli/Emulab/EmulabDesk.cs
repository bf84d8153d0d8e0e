using System.Globalization;
using System.Net;

namespace Sync.Net.Cli.Emulab;

/// <summary>Does as a member of the group what a client asks.</summary>
internal sealed class EmulabDesk(SyncServer server, string group) : IDisposable
{
    // A crowd joins a few at a time: each handshake takes a place that others need, too.
    private const int MaxJoining = 64;

    private readonly SemaphoreSlim _joining = new(MaxJoining);
    private readonly Lock _gate = new();
    private readonly SortedSet<int> _free = [];
    private int _last;

    /// <summary>Waits, or initialises, or both; ends with the code for the reply.</summary>
    /// <exception cref="OperationCanceledException">The client went, or the server stops: nothing of it remains.</exception>
    public async Task<int> ServeAsync(EmulabRequest request, IPAddress from, CancellationToken cancellationToken)
    {
        int seat = Take();
        try
        {
            return await ServeAsync(request, NameOf(from, seat), cancellationToken);
        }
        catch (Exception e) when (e is ISyncFailure failure)
        {
            return EmulabCodes.Of(failure.Failure.Kind);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // A name that the server's own limits don't allow.
            return EmulabCodes.Server;
        }
        finally
        {
            Return(seat);
        }
    }

    public void Dispose() => _joining.Dispose();

    private async Task<int> ServeAsync(EmulabRequest request, string member, CancellationToken cancellationToken)
    {
        await using SyncGroup joined = await JoinAsync(member, cancellationToken);
        CountedBarrier barrier = joined.CountedBarrier(request.Name);
        if (request is { IsInitialiser: true, IsAsynchronous: true })
        {
            await barrier.AddAsync(request.Count, request.Code, null, cancellationToken);
            return 0;
        }
        return EmulabCodes.Of(request.IsInitialiser
            ? await barrier.InitializeAsync(request.Count, request.Code, null, cancellationToken)
            : await barrier.WaitAsync(null, request.Code, null, cancellationToken));
    }

    private async Task<SyncGroup> JoinAsync(string member, CancellationToken cancellationToken)
    {
        SyncOptions options = server.CreateMemberOptions(member);
        options.Group = group;
        await _joining.WaitAsync(cancellationToken);
        try
        {
            return await SyncGroup.JoinAsync(options, cancellationToken);
        }
        finally
        {
            _joining.Release();
        }
    }

    // The server remembers every id for the group's life, so those that are free again are used again.
    private static string NameOf(IPAddress from, int seat) =>
        string.Create(CultureInfo.InvariantCulture, $"{(from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from)}#emulab-{seat}");

    private int Take()
    {
        lock (_gate)
        {
            if (_free.Count == 0) return ++_last;
            int seat = _free.Min;
            _free.Remove(seat);
            return seat;
        }
    }

    private void Return(int seat)
    {
        lock (_gate) _free.Add(seat);
    }
}
