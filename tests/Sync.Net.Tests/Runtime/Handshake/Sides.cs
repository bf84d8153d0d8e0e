using System.Buffers;
using Sync.Net.Runtime.Handshake;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Handshake;

/// <summary>Both sides of a handshake, and the wire between them, without any I/O.</summary>
internal sealed class Sides
{
    public static readonly Term Term = new(3, 0x1122334455667788);
    public static readonly MemberIdentity Identity = new(
        "default", "db1", null, new Guid("00112233-4455-6677-8899-aabbccddeeff"));

    public static readonly WelcomeFrame Welcome = new(
        0, 0, default, TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(5), 16 * 1024 * 1024);

    public static WireContext Context { get; } = new(new SyncLimits());

    public static GroupKey Key { get; } = GroupKey.From("correct horse battery staple");

    public static GroupKey OtherKey { get; } = GroupKey.From("incorrect horse battery staple");

    public static byte[] MemberNonce { get; } = [.. Enumerable.Range(0, 32).Select(i => (byte)i)];

    public static byte[] ServerNonce { get; } = [.. Enumerable.Range(32, 32).Select(i => (byte)i)];

    public static MemberHandshake Member(GroupKey? key) => new(Identity, key, Context, key is null ? [] : MemberNonce);

    public static ServerHandshake Server(GroupKey? key, byte[]? nonce = null, bool dialled = false) =>
        new(Term, key, Context, key is null ? [] : nonce ?? ServerNonce, dialled);

    /// <summary>Plays a handshake to its end; the server gives the seat to whoever is verified.</summary>
    public static Played Play(MemberHandshake member, ServerHandshake server)
    {
        List<byte[]> fromMember = [Written(member.Start)];
        List<byte[]> fromServer = [];
        while (true)
        {
            (ServerHandshakeResult? judged, byte[] reply) = Feed(server, fromMember[^1]);
            if (judged is ServerHandshakeResult.Verified)
            {
                reply = [.. reply, .. Written(output => server.WriteWelcome(output, Welcome))];
            }
            fromServer.Add(reply);

            (MemberHandshakeResult? result, byte[] answer) = Feed(member, reply);
            if (answer.Length > 0) fromMember.Add(answer);
            if (result is not null || judged is not null) return new Played(result, judged, fromMember, fromServer);
        }
    }

    public static (TResult? Result, byte[] Output) Feed<TResult>(HandshakeSide<TResult> side, params byte[] bytes)
        where TResult : class
    {
        ArrayBufferWriter<byte> output = new();
        ReadOnlySequence<byte> buffer = new(bytes);
        TResult? result = side.Feed(ref buffer, completed: false, output);
        return (result, output.WrittenSpan.ToArray());
    }

    public static byte[] Written(Action<IBufferWriter<byte>> write)
    {
        ArrayBufferWriter<byte> output = new();
        write(output);
        return output.WrittenSpan.ToArray();
    }

    public static byte[] Frame<TFrame>(Term term, TFrame frame)
        where TFrame : struct, IFrame<TFrame> => Written(output => Frames.Write(output, term, frame));

    public static TFrame Parse<TFrame>(byte[] bytes)
        where TFrame : struct, IFrame<TFrame>
    {
        ReadOnlySequence<byte> buffer = new(bytes);
        Assert.Equal(FrameReadStatus.Frame, FrameReader.TryRead(ref buffer, int.MaxValue, out RawFrame raw));
        return Frames.Read<TFrame>(raw, Context);
    }

    internal sealed record Played(
        MemberHandshakeResult? Member,
        ServerHandshakeResult? Server,
        IReadOnlyList<byte[]> FromMember,
        IReadOnlyList<byte[]> FromServer);
}
