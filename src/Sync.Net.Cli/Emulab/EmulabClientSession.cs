using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Sync.Net.Cli.Emulab;

/// <summary>One client: a request, a reply, the end. Whatever it does harms itself only.</summary>
internal sealed class EmulabClientSession(Socket socket, EmulabDesk desk, EmulabServerOptions options)
{
    private const int MaxLeftOver = 4096;

    public async Task RunAsync(bool isFull, CancellationToken stop)
    {
        using (socket)
        {
            try
            {
                KeepAlive();
                int? reply = isFull ? EmulabCodes.Server : await AnswerAsync(stop);
                if (reply is { } code) await ReplyAsync(code);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // It has gone, or would not read; its wait was taken back.
            }
        }
    }

    /// <summary>The code to reply; null for a client that has gone.</summary>
    private async Task<int?> AnswerAsync(CancellationToken stop)
    {
        byte[] bytes = new byte[EmulabRequest.Size];
        int read = await ReadAsync(bytes, stop);
        if (read == 0) return null;
        if (EmulabRequest.Read(bytes.AsSpan(0, read)) is not { } request) return EmulabCodes.Server;
        IPAddress from = ((IPEndPoint)socket.RemoteEndPoint!).Address;

        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        Task<bool> talk = WatchAsync(end);
        try
        {
            return await desk.ServeAsync(request, from, end.Token);
        }
        catch (OperationCanceledException)
        {
            return stop.IsCancellationRequested || await talk ? EmulabCodes.Server : null;
        }
        finally
        {
            await end.CancelAsync();
            await talk;
        }
    }

    /// <summary>Reads until all is there, the client ends, or its time is over.</summary>
    private async Task<int> ReadAsync(byte[] bytes, CancellationToken stop)
    {
        using var late = new CancellationTokenSource(options.RequestTimeout, options.TimeProvider);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, late.Token);
        int read = 0;
        try
        {
            while (read < bytes.Length)
            {
                int got = await socket.ReceiveAsync(bytes.AsMemory(read), end.Token);
                if (got == 0) break;
                read += got;
            }
        }
        catch (OperationCanceledException)
        {
            // Too few bytes are no request, which the reply says; but silence gets one, too.
            return Math.Max(read, 1);
        }
        return read;
    }

    /// <summary>A client that waits has nothing more to say: its end, or more bytes, end its wait. True for more bytes.</summary>
    private async Task<bool> WatchAsync(CancellationTokenSource end)
    {
        try
        {
            int got = await socket.ReceiveAsync(new byte[1], end.Token);
            await end.CancelAsync();
            return got > 0;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (SocketException)
        {
            await end.CancelAsync();
            return false;
        }
    }

    private async Task ReplyAsync(int code)
    {
        byte[] reply = new byte[EmulabRequest.ReplySize];
        MemoryMarshal.Write(reply, code);
        using var late = new CancellationTokenSource(options.RequestTimeout, options.TimeProvider);
        await socket.SendAsync(reply, late.Token);
        // Closed with bytes unread, the reply would be thrown away on its way.
        if (socket.Available > 0) await socket.ReceiveAsync(new byte[MaxLeftOver], late.Token);
        socket.Shutdown(SocketShutdown.Send);
    }

    // A host that loses its power sends no end.
    private void KeepAlive()
    {
        socket.NoDelay = true;
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveTime, 10);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveInterval, 2);
        socket.SetSocketOption(SocketOptionLevel.Tcp, SocketOptionName.TcpKeepAliveRetryCount, 3);
    }
}
