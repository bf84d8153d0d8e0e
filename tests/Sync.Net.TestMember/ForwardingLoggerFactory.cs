using Microsoft.Extensions.Logging;
using Sync.Net.TestMember.Protocol;

namespace Sync.Net.TestMember;

/// <summary>Sends the library's log along as events.</summary>
internal sealed class ForwardingLoggerFactory(EventLog events) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new Forwarder(events);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Forwarder(EventLog events) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Debug;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            events.Write(new MemberEvent { Kind = EventKind.Log, Text = $"{logLevel} {eventId.Name}: {formatter(state, exception)}" });
    }
}
