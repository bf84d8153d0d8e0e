using System.Buffers;
using Sync.Net.Transport.Carrying;

namespace Sync.Net.Tests.Transport.Carrying;

/// <summary>What a carrier does with what lanes do to it, and what its end does to them.</summary>
public sealed class CarrierTests : BoundedTest
{
    [Fact]
    public async Task Abort_EndsAllLanesOfBothSides()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);
        (Lane other, _) = await pair.OpenLaneAsync(Token);
        Task<int> reading = near.ReadAsync(new byte[1], Token).AsTask();

        pair.Near.Abort(new IOException("broken"));

        IOException e = await Assert.ThrowsAsync<IOException>(() => reading.WaitAsync(Token));
        Assert.Equal("broken", e.Message);
        await Assert.ThrowsAsync<IOException>(() => other.ReadAsync(new byte[1], Token).AsTask());
        Assert.Equal(0, await far.ReadAsync(new byte[1], Token));
        await pair.NearEnded.WaitAsync(Token);
        Assert.Null(pair.Near.TryOpen());
        await Assert.ThrowsAsync<IOException>(() => other.WriteAsync(new byte[1], Token).AsTask());
    }

    [Fact]
    public async Task Close_OfTheLastLane_ClosesTheConnectionAfterWhatWasWritten()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);

        await near.WriteAsync("bye"u8.ToArray(), Token);
        await near.DisposeAsync();

        await pair.NearEnded.WaitAsync(Token);
        await pair.FarEnded.WaitAsync(Token);
        byte[] read = new byte[3];
        await far.ReadExactlyAsync(read, Token);
        Assert.Equal("bye"u8.ToArray(), read);
        Assert.Null(pair.Near.TryOpen());
    }

    [Fact]
    public async Task Take_MoreThanALaneMayHold_EndsThatLaneAlone()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token, mostUnread: 1000);
        (Lane slow, Lane slowFar) = await pair.OpenLaneAsync(Token);
        (Lane near, Lane far) = await pair.OpenLaneAsync(Token);

        await slow.WriteAsync(new byte[600], Token);
        await slow.WriteAsync(new byte[600], Token);

        Assert.Equal(0, await slow.ReadAsync(new byte[1], Token));
        // What it took is there to be read; then its fault is told.
        await slowFar.ReadExactlyAsync(new byte[600], Token);
        await Assert.ThrowsAsync<IOException>(() => slowFar.ReadAsync(new byte[1], Token).AsTask());
        await near.WriteAsync(new byte[1000], Token);
        await far.ReadExactlyAsync(new byte[1000], Token);
    }

    [Fact]
    public async Task Write_NobodyReadsTheCarrier_WaitsAndGoesOnWhenSomebodyDoes()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token, isRead: false);
        Lane[] lanes = [.. Enumerable.Range(0, 40).Select(_ => pair.Near.TryOpen()!)];

        Task[] writes = [.. lanes.Select(lane => lane.WriteAsync(new byte[60_000], Token).AsTask())];

        Assert.Contains(writes, write => !write.IsCompleted);
        Lane late = pair.Near.TryOpen()!;
        using var cancelled = new CancellationTokenSource();
        Task given = late.WriteAsync(new byte[1], cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.WaitAsync(Token));
        Lane closed = pair.Near.TryOpen()!;
        Task unwritten = closed.WriteAsync(new byte[1], Token).AsTask();
        await closed.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => unwritten.WaitAsync(Token));

        pair.ReadFar();

        await Task.WhenAll(writes).WaitAsync(Token);
        for (int i = 0; i < lanes.Length; i++) await (await pair.AcceptAsync(Token)).ReadExactlyAsync(new byte[60_000], Token);
    }

    [Fact]
    public async Task Write_WaitingWhenTheCarrierEnds_Fails()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token, isRead: false);
        Lane lane = pair.Near.TryOpen()!;
        Task writing = lane.WriteAsync(new byte[4 * 1024 * 1024], Token).AsTask();
        Assert.False(writing.IsCompleted);

        pair.Near.Abort(new IOException("broken"));

        await Assert.ThrowsAsync<IOException>(() => writing.WaitAsync(Token));
    }

    [Fact]
    public async Task Continuation_ThatBlocks_HoldsUpNoOtherLane()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, Lane far)[] lanes = [await pair.OpenLaneAsync(Token), await pair.OpenLaneAsync(Token), await pair.OpenLaneAsync(Token)];
        using var release = new ManualResetEventSlim();
        // Whichever continues where the carrier is read: all but one wait for the last to be told.
        Task[] blocked = [.. lanes[..2].Select(lane => BlockAfterReadAsync(lane.near, release, Token))];
        foreach ((_, Lane far) in lanes[..2]) await far.WriteAsync(new byte[1], Token);

        await lanes[2].far.WriteAsync(new byte[1], Token);
        await lanes[2].near.ReadExactlyAsync(new byte[1], Token);

        Assert.All(blocked, task => Assert.False(task.IsCompleted));
        release.Set();
        await Task.WhenAll(blocked).WaitAsync(Token);

        static async Task BlockAfterReadAsync(Lane lane, ManualResetEventSlim release, CancellationToken token)
        {
            await lane.ReadExactlyAsync(new byte[1], token).ConfigureAwait(false);
            release.Wait(token);
        }
    }

    [Theory]
    [InlineData("0000000000000001", true)]
    [InlineData("0000000100010001", true)]
    [InlineData("000000090000000161", true)]
    [InlineData("0000000900000000", true)]
    [InlineData("000000010000000161", false)]
    [InlineData("0000000100000000", false)]
    public async Task Take_WhatIsNoPieceOfALane_EndsTheCarrier(string hex, bool ends)
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token, isRead: false);
        Lane near = pair.Near.TryOpen()!;
        await near.WriteAsync(new byte[1], Token);

        // From the side that opens none: lane 1 is there, lane 9 was never opened.
        await pair.FarStream.WriteAsync(Convert.FromHexString(hex), Token);

        if (ends) await Assert.ThrowsAsync<IOException>(() => near.ReadAsync(new byte[1], Token).AsTask());
        else Assert.InRange(await near.ReadAsync(new byte[1], Token), 0, 1);
        if (ends) await pair.NearEnded.WaitAsync(Token);
    }

    [Fact]
    public async Task Take_PieceOfALaneThatHasEnded_IsSkipped()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        (Lane near, _) = await pair.OpenLaneAsync(Token);
        (Lane gone, _) = await pair.OpenLaneAsync(Token);
        await gone.DisposeAsync();

        var piece = new ArrayBufferWriter<byte>();
        Piece.Write(piece, gone.Number, "late"u8);
        Piece.Write(piece, near.Number, "on"u8);
        await pair.FarStream.WriteAsync(piece.WrittenMemory, Token);

        byte[] read = new byte[2];
        await near.ReadExactlyAsync(read, Token);
        Assert.Equal("on"u8.ToArray(), read);
    }

    [Fact]
    public async Task Take_LaneThatEndsAsItBegins_IsNobodys()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        var pieces = new ArrayBufferWriter<byte>();
        Piece.Write(pieces, 5, []);
        Piece.Write(pieces, 5, "late"u8);
        Piece.Write(pieces, 6, "there"u8);
        await pair.NearStream.WriteAsync(pieces.WrittenMemory, Token);

        Lane lane = await pair.AcceptAsync(Token);

        Assert.Equal(6u, lane.Number);
        Assert.Equal(1, pair.Far.Open);
    }

    [Fact]
    public async Task Take_Garbage_EndsTheCarrierOrNothing()
    {
        var random = new Random(3);
        for (int i = 0; i < 200; i++)
        {
            await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
            byte[] garbage = new byte[random.Next(1, 200)];
            random.NextBytes(garbage);
            // Otherwise hardly any of it would look like a piece.
            for (int at = 0; at < garbage.Length; at++) garbage[at] &= (byte)(at % 8 is 3 or 7 ? 7 : 0);
            await pair.NearStream.WriteAsync(garbage, Token);
            await pair.NearStream.DisposeAsync();

            await pair.FarEnded.WaitAsync(Token);
        }
    }

    [Fact]
    public async Task Take_MoreLanesThanACarrierMayHave_EndsIt()
    {
        await using CarrierPair pair = await CarrierPair.OpenAsync(Token);
        var pieces = new ArrayBufferWriter<byte>();
        for (uint lane = 1; lane <= Carrier.MostLanes + 1; lane++) Piece.Write(pieces, lane, "x"u8);

        await pair.NearStream.WriteAsync(pieces.WrittenMemory, Token);

        await pair.FarEnded.WaitAsync(Token);
    }
}
