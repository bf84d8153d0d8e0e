using Microsoft.Extensions.Logging;
using Sync.Net.Runtime.Server;
using Sync.Net.Tests.Transport;
using Sync.Net.Transport;

namespace Sync.Net.Tests.Runtime.Server;

public sealed class PromptLoggerTests : BoundedTest, ILogger
{
    private readonly ManualResetEventSlim _goOn = new();
    private readonly List<string> _logged = [];
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task Log_OnThePollThread_DoesNotBlockItAndKeepsTheOrder()
    {
        var logger = new PromptLogger(this);
        await using PolledPair pair = PolledPair.Open();
        Task<bool> read = pair.ReadThen(new byte[1], _ =>
        {
            Log(logger, "first");
            Log(logger, "second");
            return PollThread.IsCurrent;
        });
        pair.Send();

        Assert.True(await read.WaitAsync(Token));
        _goOn.Set();
        await _done.Task.WaitAsync(Token);
        Assert.Equal(["first", "second"], _logged);
    }

    [Fact]
    public void Log_Elsewhere_IsPassedOnAtOnce()
    {
        _goOn.Set();
        Log(new PromptLogger(this), "now");
        Assert.Equal(["now"], _logged);
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel)
    {
        Assert.False(PollThread.IsCurrent);
        return true;
    }

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        _goOn.Wait(Token);
        _logged.Add(formatter(state, exception));
        if (_logged.Count == 2) _done.SetResult();
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing) _goOn.Dispose();
    }

    private static void Log(PromptLogger logger, string text) => logger.Log(LogLevel.Information, 0, text, null, static (state, _) => state);
}
