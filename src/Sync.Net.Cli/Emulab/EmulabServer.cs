using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sync.Net.Cli.Emulab;

/// <summary>Serves unmodified clients of Emulab's: each connection is a member of an open group, and meets others at its counted barriers.</summary>
internal sealed class EmulabServer : IAsyncDisposable
{
    private const int Backlog = 4096;

    private readonly EmulabServerOptions _options;
    private readonly EmulabDesk _desk;
    private readonly Socket _listener;
    private readonly EmulabDatagrams _datagrams;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Task, bool> _clients = new();
    private readonly Task _running;
    private int _count;
    private int _disposed;

    private EmulabServer(SyncServer server, EmulabServerOptions options)
    {
        _options = options;
        _desk = new EmulabDesk(server, options.Group);
        _listener = new Socket(options.Listen.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        Socket? datagrams = null;
        try
        {
            _listener.Bind(options.Listen);
            _listener.Listen(Backlog);
            Endpoint = (IPEndPoint)_listener.LocalEndPoint!;
            datagrams = new Socket(options.Listen.AddressFamily, SocketType.Dgram, ProtocolType.Udp);
            datagrams.Bind(Endpoint);
        }
        catch
        {
            _listener.Dispose();
            datagrams?.Dispose();
            _desk.Dispose();
            _stop.Dispose();
            throw;
        }
        _datagrams = new EmulabDatagrams(datagrams, _desk, _stop.Token);
        _running = AcceptAsync();
    }

    /// <summary>Where it really listens.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Starts to listen.</summary>
    /// <param name="server">The server that the clients meet at; must outlive this.</param>
    /// <param name="options">Where and what; null for port 16534 of loopback.</param>
    /// <param name="cancellationToken">Cancels the start.</param>
    /// <exception cref="InvalidOperationException">Other machines could reach it, and that is not allowed.</exception>
    /// <exception cref="IOException">The address can't be bound.</exception>
    public static Task<EmulabServer> StartAsync(SyncServer server, EmulabServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        options ??= new EmulabServerOptions();
        if (!IPAddress.IsLoopback(options.Listen.Address) && !options.AllowRemote)
        {
            throw new InvalidOperationException(
                $"Emulab's protocol has no key, and other machines could reach {options.Listen}: listen on loopback, or allow it explicitly.");
        }
        try
        {
            return Task.FromResult(new EmulabServer(server, options));
        }
        catch (SocketException e)
        {
            throw new IOException($"can't listen for Emulab's clients at {options.Listen}: {e.Message}", e);
        }
    }

    /// <summary>Ends all waits of its clients; they are told that the server has gone.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await _stop.CancelAsync();
        _listener.Dispose();
        await _running;
        await _datagrams.DisposeAsync();
        await Task.WhenAll(_clients.Keys);
        _desk.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                Serve(await _listener.AcceptAsync(_stop.Token));
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException)
            {
                return;
            }
            catch (SocketException)
            {
                // A client that was gone before it was accepted, or no file left for it: others are to be served still.
                await Task.Delay(TimeSpan.FromMilliseconds(50), _options.TimeProvider, CancellationToken.None);
            }
        }
    }

    private void Serve(Socket socket)
    {
        bool isFull = Interlocked.Increment(ref _count) > _options.MaxClients;
        Task serving = Task.Run(async () =>
        {
            try
            {
                await new EmulabClientSession(socket, _desk, _options).RunAsync(isFull, _stop.Token);
            }
            finally
            {
                Interlocked.Decrement(ref _count);
            }
        });
        _clients.TryAdd(serving, true);
        _ = serving.ContinueWith(ended => _clients.TryRemove(ended, out _), TaskScheduler.Default);
    }
}
