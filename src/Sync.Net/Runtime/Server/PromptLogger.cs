using Microsoft.Extensions.Logging;
using Sync.Net.Transport;

namespace Sync.Net.Runtime.Server;

/// <summary>Hands what the poll thread logs to the pool, in order: loggers are the user's code and may take their time.</summary>
internal sealed class PromptLogger(ILogger logger) : ILogger
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => logger.BeginScope(state);

    // Even this may be slow; the poll thread asks later.
    public bool IsEnabled(LogLevel logLevel) => PollThread.IsCurrent || logger.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!PollThread.IsCurrent)
        {
            logger.Log(logLevel, eventId, state, exception, formatter);
            return;
        }
        lock (_gate)
        {
            _last = _last.ContinueWith(
                _ =>
                {
                    if (logger.IsEnabled(logLevel)) logger.Log(logLevel, eventId, state, exception, formatter);
                },
                CancellationToken.None,
                TaskContinuationOptions.None,
                TaskScheduler.Default);
        }
    }
}
