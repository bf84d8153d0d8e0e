using System.IO.Pipelines;
using Microsoft.Extensions.Time.Testing;
using Nerdbank.Streams;
using Sync.Net.Runtime;
using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

/// <summary>Links over connections within the process, after their handshake: a heartbeat every 2 s, silence after 10 s.</summary>
internal static class LinkFactory
{
    public const int MaxFrameBytes = 1 << 20;

    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(2);

    public static (RemoteLink Link, ScriptedServer Server) Connect(IMemberSink sink, FakeTimeProvider time)
    {
        (Stream near, Stream far) = FullDuplexStream.CreatePair();
        var settings = new LinkSettings(
            ScriptedServer.Term, Beat, TimeSpan.FromSeconds(10), MaxFrameBytes, MaxFrameBytes, new WireContext(new SyncLimits()), time);
        var link = new RemoteLink(near, PipeReader.Create(near), settings, sink);
        link.Run();
        return (link, new ScriptedServer(far));
    }
}
