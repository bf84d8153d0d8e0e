using CsCheck;

namespace Sync.Net.Tests.Runtime.Member;

public sealed class MemberMachinePropertyTests
{
    private static readonly Gen<Move> Moves = Gen.Frequency(
        (6, Gen.Const(Move.Enter)),
        (1, Gen.Const(Move.Abort)),
        (2, Gen.Const(Move.Cancel)),
        (1, Gen.Const(Move.Dispose)),
        (4, Gen.Const(Move.Wait)),
        (5, Gen.Const(Move.Serve)),
        (1, Gen.Const(Move.AskForRosters)),
        (3, Gen.Const(Move.Release)),
        (5, Gen.Const(Move.Deliver)),
        (8, Gen.Const(Move.Seat)),
        (2, Gen.Const(Move.Fail)),
        (1, Gen.Const(Move.Refuse)),
        (1, Gen.Const(Move.TakeSeatBack)),
        (2, Gen.Const(Move.Down)),
        (2, Gen.Const(Move.Stall)),
        (1, Gen.Const(Move.Close)),
        (1, Gen.Const(Move.Restart)));

    [Fact]
    public void Machine_WhateverHappens_EndsEachCallOnceAndTruly() => Gen
        .Select(Moves, Gen.Int[0, 7], Gen.Int[0, 7])
        .Array[1, 80]
        .Sample(
            steps =>
            {
                var world = new MemberWorld();
                foreach ((Move move, int a, int b) in steps) world.Make(move, a, b);
                world.Heal();
            },
            iter: 20_000,
            print: steps => string.Join("\n", steps.Select(step => $"{step.Item1} {step.Item2} {step.Item3}")));
}
