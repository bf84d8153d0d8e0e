using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Sync.Net.IntegrationTests.Harness.Browsers;

/// <summary>A connection to a browser by its DevTools protocol: numbered commands with answers, and events.</summary>
internal sealed class DevTools : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<int, TaskCompletionSource<JsonNode>> _answers = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _closed = new();
    private Task _reading = Task.CompletedTask;
    private int _last;

    /// <summary>Is told of each event: the session, the method, and what it says. On the reader's own loop.</summary>
    public event Action<string?, string, JsonNode>? Happened;

    public static async Task<DevTools> ConnectAsync(string address, CancellationToken cancellationToken)
    {
        DevTools tools = new();
        tools._socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await tools._socket.ConnectAsync(new Uri(address), cancellationToken);
        tools._reading = tools.ReadAsync();
        return tools;
    }

    public async Task<JsonNode> CallAsync(string method, JsonObject? parameters, string? session, CancellationToken cancellationToken)
    {
        int id = Interlocked.Increment(ref _last);
        TaskCompletionSource<JsonNode> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[id] = answer;
        JsonObject message = new() { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        if (session is not null) message["sessionId"] = session;
        await _sending.WaitAsync(cancellationToken);
        try
        {
            await _socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(message), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);
        }
        finally
        {
            _sending.Release();
        }
        JsonNode result = await answer.Task.WaitAsync(cancellationToken);
        return result["error"] is { } error ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}") : result["result"]!;
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _reading;
        _socket.Dispose();
        _closed.Dispose();
        _sending.Dispose();
    }

    private async Task ReadAsync()
    {
        Exception why = new IOException("The browser has closed its connection.");
        try
        {
            using MemoryStream message = new();
            byte[] buffer = new byte[64 * 1024];
            while (true)
            {
                ValueWebSocketReceiveResult part = await _socket.ReceiveAsync(buffer.AsMemory(), _closed.Token);
                if (part.MessageType == WebSocketMessageType.Close) break;
                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                Handle(JsonNode.Parse(message.GetBuffer().AsSpan(0, (int)message.Length))!);
                message.SetLength(0);
            }
        }
        catch (Exception e) when (e is WebSocketException or OperationCanceledException)
        {
            why = new IOException("The connection to the browser broke.", e);
        }
        foreach (TaskCompletionSource<JsonNode> answer in _answers.Values) answer.TrySetException(why);
    }

    private void Handle(JsonNode message)
    {
        if (message["id"] is { } id)
        {
            if (_answers.TryRemove(id.GetValue<int>(), out TaskCompletionSource<JsonNode>? answer)) answer.TrySetResult(message);
        }
        else
        {
            Happened?.Invoke(message["sessionId"]?.GetValue<string>(), message["method"]!.GetValue<string>(), message["params"]!);
        }
    }
}
