using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;
using Sync.Net.Runtime;
using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>Attempts that end as the test says.</summary>
internal sealed class ScriptedConnector(FakeTimeProvider time) : IConnector
{
    private readonly FakeTimeProvider _time = time;
    private readonly Channel<Attempt> _attempts = Channel.CreateUnbounded<Attempt>();

    public RemoteLink? LastLink { get; private set; }

    public bool HasMore => _attempts.Reader.TryPeek(out _);

    public void Begin(Way way, bool resume, IMemberSink sink, Action<AttemptFailure> failed, CancellationToken cancellationToken) =>
        _attempts.Writer.TryWrite(new Attempt(this, way, resume, sink, failed));

    public async Task<Attempt> NextAsync() => await _attempts.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().Soon();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal sealed record Attempt(ScriptedConnector Owner, Way Way, bool Resume, IMemberSink Sink, Action<AttemptFailure> Failed)
    {
        public ScriptedServer Succeed()
        {
            (Owner.LastLink, ScriptedServer server) = LinkFactory.Connect(Sink, Owner._time);
            return server;
        }

        public void Fail(AttemptFailureKind kind) => Failed(new AttemptFailure(kind, $"{kind}."));

        public void Refuse(RefuseReason reason) => Sink.OnRefused(null, reason, $"{reason}.");
    }
}
