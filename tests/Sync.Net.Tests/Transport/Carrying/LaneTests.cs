using System.Buffers;
using System.IO.Pipelines;
using Sync.Net.Transport;
using Sync.Net.Transport.Carrying;

namespace Sync.Net.Tests.Transport.Carrying;

/// <summary>Lanes are channels of their own, whatever becomes of the others on their carrier.</summary>
public sealed class LaneTests : BoundedTest
{
    [Fact]
    public async Task Write_OverManyLanes_ArrivesAtEachInItsOrder()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane Near, Lane Far)[] lanes = new (Lane, Lane)[50];
        for (int i = 0; i < lanes.Length; i++) lanes[i] = await pair.OpenLaneAsync(Token);

        await Parallel.ForEachAsync(lanes.Index(), Token, async (each, token) =>
        {
            byte[] there = Bytes(each.Index, 3000);
            byte[] back = Bytes(each.Index + 1000, 3000);
            Task sending = Task.WhenAll(SendInPartsAsync(each.Item.Near, there), SendInPartsAsync(each.Item.Far, back));
            Assert.Equal(there, await ReadAsync(each.Item.Far, there.Length));
            Assert.Equal(back, await ReadAsync(each.Item.Near, back.Length));
            await sending;
        });
    }

    [Fact]
    public async Task Write_LargerThanAPiece_ArrivesWholeAndInPieces()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token, mostUnread: 16 * 1024 * 1024);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);
        byte[] much = Bytes(1, 4 * 1024 * 1024);
        long before = pair.NearStream.Bytes;

        Task writing = near.WriteAsync(much, Token).AsTask();

        Assert.Equal(much, await ReadAsync(far, much.Length));
        await writing;
        int pieces = much.Length / Piece.MostBytes;
        Assert.Equal(much.Length + (pieces * Piece.HeaderBytes), pair.NearStream.Bytes - before);
    }

    [Fact]
    public async Task Write_BySeveralThreadsAtOnce_GoesOutTogether()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        Lane[] lanes = [.. Enumerable.Range(0, 1000).Select(_ => pair.Near.TryOpen()!)];
        WriteGathering.Begin();
        foreach (Lane lane in lanes) Assert.True(lane.WriteAsync(new byte[40], Token).AsTask().IsCompletedSuccessfully);

        Assert.Equal(0, pair.NearStream.Writes);
        WriteGathering.End();

        foreach (Lane lane in lanes) await pair.AcceptAsync(Token);
        Assert.Equal(1, pair.NearStream.Writes);
    }

    [Fact]
    public async Task Dispose_OfOneSide_EndsTheOtherAfterItsBytesAndNoOtherLane()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);
        (Lane otherNear, Lane otherFar) = await pair.OpenLaneAsync(Token);

        await near.WriteAsync("last"u8.ToArray(), Token);
        await near.DisposeAsync();

        Assert.Equal("last"u8.ToArray(), await ReadAsync(far, 4));
        Assert.Equal(0, await far.ReadAsync(new byte[1], Token));
        await Assert.ThrowsAsync<IOException>(() => far.WriteAsync(new byte[1], Token).AsTask());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => near.WriteAsync(new byte[1], Token).AsTask());
        await otherFar.WriteAsync("still"u8.ToArray(), Token);
        Assert.Equal("still"u8.ToArray(), await ReadAsync(otherNear, 5));
    }

    [Fact]
    public async Task Dispose_OfTheAcceptingSide_EndsTheOther()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);
        (Lane kept, _) = await pair.OpenLaneAsync(Token);

        await far.DisposeAsync();

        Assert.Equal(0, await near.ReadAsync(new byte[1], Token));
        await near.DisposeAsync();
        // What this side wrote before it heard of the end was of no harm.
        await kept.WriteAsync(new byte[1], Token);
        Assert.False(pair.NearEnded.IsCompleted);
    }

    [Fact]
    public async Task Dispose_WhileReading_EndsTheRead()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, _) = await pair.OpenLaneAsync(Token);
        Task<int> reading = near.ReadAsync(new byte[1], Token).AsTask();

        await near.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => reading.WaitAsync(Token));
    }

    [Fact]
    public async Task Read_Cancelled_EndsAndTheLaneGoesOn()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);
        using var cancelled = new CancellationTokenSource();
        Task<int> reading = near.ReadAsync(new byte[1], cancelled.Token).AsTask();

        await cancelled.CancelAsync();

        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Token));
        Assert.Equal(cancelled.Token, e.CancellationToken);
        await far.WriteAsync("on"u8.ToArray(), Token);
        Assert.Equal("on"u8.ToArray(), await ReadAsync(near, 2));
    }

    [Fact]
    public async Task CancelPendingRead_EndsTheReadWithWhatIsThere()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);
        PipeReader reader = near.CreateReader();
        Task<ReadResult> reading = reader.ReadAsync(Token).AsTask();

        reader.CancelPendingRead();

        Assert.True((await reading.WaitAsync(Token)).IsCanceled);
        reader.AdvanceTo(default);
        reader.CancelPendingRead();
        Assert.True((await reader.ReadAsync(Token)).IsCanceled);
        reader.AdvanceTo(default);
        await far.WriteAsync("x"u8.ToArray(), Token);
        Assert.Equal("x"u8.ToArray(), (await reader.ReadAsync(Token)).Buffer.ToArray());
    }

    [Fact]
    public async Task Reader_LooksWhileMoreComes_WhatItLooksAtStays()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);
        PipeReader reader = far.CreateReader();
        byte[] all = Bytes(5, 200_000);
        await near.WriteAsync(all.AsMemory(0, 10), Token);
        ReadResult first = await reader.ReadAsync(Token);

        // Another lane's byte behind it tells that all of it has come.
        await near.WriteAsync(all.AsMemory(10), Token);
        await pair.OpenLaneAsync(Token);

        Assert.Equal(all[..10], first.Buffer.ToArray());
        reader.AdvanceTo(first.Buffer.GetPosition(4), first.Buffer.End);
        ReadResult second = await reader.ReadAsync(Token);
        Assert.Equal(all[4..], second.Buffer.ToArray());
        reader.AdvanceTo(second.Buffer.Start, second.Buffer.End);
        ValueTask<ReadResult> third = reader.ReadAsync(Token);
        Assert.False(third.IsCompleted);
        await near.WriteAsync(new byte[1], Token);
        Assert.Equal(all.Length - 4 + 1, (await third).Buffer.Length);
    }

    [Fact]
    public async Task Lanes_OpenedUsedAndClosedByManyAtOnce_LoseNothing()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        Lane kept = pair.Near.TryOpen()!;
        Task echoing = EchoAllAsync(pair);

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = Token }, async (seed, token) =>
        {
            byte[] bytes = Bytes(seed, 1 + (seed * 7919 % 5000));
            await using Lane lane = pair.Near.TryOpen()!;
            ValueTask writing = lane.WriteAsync(bytes, token);
            byte[] read = new byte[bytes.Length];
            await lane.ReadExactlyAsync(read, token);
            await writing;
            Assert.Equal(bytes, read);
        });

        await kept.DisposeAsync();
        await pair.NearEnded.WaitAsync(Token);
        await pair.FarEnded.WaitAsync(Token);
        await echoing;
        Assert.Equal(0, pair.Far.Open);
    }

    [Fact]
    public async Task Idle_Lane_HoldsLittle()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        const int count = 1000;
        var lanes = new Lane[count];
        pair.Near.TryOpen();
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < count; i++)
        {
            lanes[i] = pair.Near.TryOpen()!;
            _ = lanes[i].CreateReader().ReadAsync(CancellationToken.None).AsTask();
        }

        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / count, 1, 768);
    }

    private async Task EchoAllAsync(CarrierPair pair)
    {
        List<Task> echoes = [];
        for (int i = 0; i < 2000; i++) echoes.Add(EchoAsync(await pair.AcceptAsync(Token)));
        await Task.WhenAll(echoes);
    }

    private async Task EchoAsync(Lane lane)
    {
        await using (lane)
        {
            byte[] buffer = new byte[700];
            while (await lane.ReadAsync(buffer, Token) is > 0 and var count)
            {
                try
                {
                    await lane.WriteAsync(buffer.AsMemory(0, count), Token);
                }
                catch (IOException)
                {
                    // Whoever has all of it may have closed.
                }
            }
        }
    }

    private async Task SendInPartsAsync(Lane lane, byte[] bytes)
    {
        for (int at = 0; at < bytes.Length; at += 100) await lane.WriteAsync(bytes.AsMemory(at, 100), Token);
    }

    private async Task<byte[]> ReadAsync(Stream stream, int count)
    {
        byte[] bytes = new byte[count];
        await stream.ReadExactlyAsync(bytes, Token);
        return bytes;
    }

    private static byte[] Bytes(int seed, int count)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }
}
