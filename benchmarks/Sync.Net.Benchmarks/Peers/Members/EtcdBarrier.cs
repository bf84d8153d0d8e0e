using System.Globalization;
using Etcdserverpb;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;

namespace Sync.Net.Benchmarks.Peers.Members;

/// <summary>
/// The first half of etcd's double barrier (its recipe "DoubleBarrier", Enter): each puts a key of its own and counts
/// the keys; who finds all of them puts the key that the others watch. To its favour, put and count are one
/// transaction, and the watch is opened once, not once a round.
/// </summary>
internal sealed class EtcdBarrier : IPeerBarrier
{
    private readonly PeerMemberPlan _plan;
    private readonly GrpcChannel _channel;
    private readonly KV.KVClient _store;
    private readonly AsyncDuplexStreamingCall<WatchRequest, WatchResponse> _watch;
    private readonly ByteString _ready;
    private readonly Releases _releases = new();

    private EtcdBarrier(PeerMemberPlan plan)
    {
        _plan = plan;
        _channel = GrpcChannel.ForAddress(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{plan.Port}"));
        _store = new KV.KVClient(_channel);
        _watch = new Watch.WatchClient(_channel).Watch();
        _ready = ByteString.CopyFromUtf8(plan.Key + "/ready");
    }

    public static async Task<IPeerBarrier> OpenAsync(PeerMemberPlan plan)
    {
        var barrier = new EtcdBarrier(plan);
        await barrier._watch.RequestStream.WriteAsync(
            new WatchRequest { CreateRequest = new WatchCreateRequest { Key = barrier._ready } });
        if (!await barrier._watch.ResponseStream.MoveNext(CancellationToken.None) || !barrier._watch.ResponseStream.Current.Created)
            throw new InvalidDataException("etcd did not open the watch.");
        _ = barrier.ReadWatchAsync();
        return barrier;
    }

    public async Task<int> MeetAsync(int round)
    {
        string waiters = string.Create(CultureInfo.InvariantCulture, $"{_plan.Key}/{round}/");
        var request = new TxnRequest();
        request.Success.Add(new RequestOp
        {
            RequestPut = new PutRequest { Key = ByteString.CopyFromUtf8(waiters + _plan.Index) },
        });
        request.Success.Add(new RequestOp
        {
            RequestRange = new RangeRequest
            {
                Key = ByteString.CopyFromUtf8(waiters),
                // '0' is the character after '/': the range of all keys that begin with the prefix.
                RangeEnd = ByteString.CopyFromUtf8(waiters[..^1] + "0"),
                CountOnly = true,
            },
        });
        TxnResponse response = await _store.TxnAsync(request);
        if (response.Responses[1].ResponseRange.Count < _plan.Members) return await _releases.WaitAsync(round);
        await _store.PutAsync(new PutRequest
        {
            Key = _ready,
            Value = ByteString.CopyFromUtf8(round.ToString(CultureInfo.InvariantCulture)),
        });
        return round;
    }

    public ValueTask DisposeAsync()
    {
        _watch.Dispose();
        _channel.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task ReadWatchAsync()
    {
        try
        {
            while (await _watch.ResponseStream.MoveNext(CancellationToken.None))
            {
                foreach (Mvccpb.Event change in _watch.ResponseStream.Current.Events)
                    _releases.Announce(int.Parse(change.Kv.Value.ToStringUtf8(), CultureInfo.InvariantCulture));
            }
        }
        catch (RpcException e)
        {
            _releases.Fail(e);
        }
    }
}
