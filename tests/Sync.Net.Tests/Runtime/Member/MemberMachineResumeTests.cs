using Sync.Net.Runtime.Member;
using Sync.Net.Wire;

namespace Sync.Net.Tests.Runtime.Member;

public sealed class MemberMachineResumeTests
{
    [Fact]
    public void Down_SameTerm_NamesWhatIsOpenAndSendsExactlyThatAgain()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall[] calls = [member.Enter("a"), member.Enter("b"), member.Abort("c"), member.Enter("d")];
        member.Answer(calls[1], 1, Ends.Released);
        member.Down();
        member.Forget();
        member.Seat();
        member.Did("resume, next 6, open [2 4 5]", "enter a as 2", "abort c as 4", "enter d as 5");
        Assert.All([calls[0], calls[2], calls[3]], call => Assert.True(call.IsOpen));
    }

    [Fact]
    public void Down_NothingOpen_ReturnsAllTheSame()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Down();
        member.Fail(AttemptFailureKind.Unreachable);
        member.After(1);
        member.Did("Dial again", "Dial again");
        member.Seat();
        member.Did("resume, next 2, open []");
        Assert.Null(member.NextTick);
    }

    [Fact]
    public void Down_WhatWentOutAlongWithADeclaration_StandsOnItsOwnOnceThatIsAccepted()
    {
        var member = new MemberDriver();
        (TestCall declaration, TestCall call) = member.DeclareAndEnter("a");
        member.Seat();
        member.Did("Dial", "enter g as 1", "enter a as 2");
        Assert.Equal(EnterFlags.AfterDeclaration, call.Call.ToEnter().Flags);
        member.Answer(declaration, 0, Ends.Released);
        member.Down();
        member.Forget();
        member.Seat();
        member.Did("resume, next 3, open [2]", "enter a as 2");
        Assert.Equal(EnterFlags.None, call.Call.ToEnter().Flags);
    }

    [Fact]
    public void Down_BeforeADeclarationIsAnswered_WhatWentOutAlongDoesSoAgain()
    {
        var member = new MemberDriver();
        (_, TestCall call) = member.DeclareAndEnter("a");
        member.Seat();
        member.Down();
        member.Forget();
        member.Seat();
        member.Did("resume, next 3, open [1 2]", "enter g as 1", "enter a as 2");
        Assert.Equal(EnterFlags.AfterDeclaration, call.Call.ToEnter().Flags);
    }

    [Fact]
    public void Down_OnlyFormerlyHosting_Dials()
    {
        var member = new MemberDriver();
        member.Enter("up", hosts: true);
        member.Seat();
        member.Down();
        member.Did("Host", "enter up as 1", "Dial again");
    }

    [Fact]
    public void Down_CallMadeMeanwhile_IsSentAfterTheOldOnes()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("a");
        member.Down();
        member.Enter("b");
        member.Forget();
        member.Seat();
        member.Did("resume, next 3, open [2]", "enter a as 2", "enter b as 3");
    }

    [Fact]
    public void Down_OtherTerm_WhatWasSentIsUndecidedAndTheRestIsSent()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall sent = member.Enter("a");
        member.Down();
        TestCall unsent = member.Enter("b");
        member.Forget();
        member.Seat(term: 2);
        sent.EndedAs<CallEnd.Undecided>();
        Assert.True(unsent.IsOpen);
        member.Did("enter b as 3");
    }

    [Fact]
    public void Down_NothingListens_IsUndecidedAtOnceAndUnsentCallsLiveOn()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall sent = member.Enter("a");
        member.Down();
        TestCall unsent = member.Enter("b");
        member.Fail(AttemptFailureKind.NothingListens);
        sent.EndedAs<CallEnd.Undecided>();
        Assert.True(unsent.IsOpen);
        member.After(1);
        member.Did("enter a as 2", "Dial again", "close", "Dial");
        member.Seat(term: 2);
        member.Did("enter b as 3");
    }

    [Fact]
    public void Down_NothingListens_TheNextMasterHosts()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("a", hosts: true);
        member.Down();
        member.Fail(AttemptFailureKind.NothingListens);
        member.Enter("a", hosts: true);
        member.After(1);
        member.Did("enter a as 2", "Dial again", "close", "Host");
    }

    [Fact]
    public void Down_WindowPasses_IsUndecidedThen()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a");
        member.Down();
        member.Fail(AttemptFailureKind.Unreachable);
        member.After(0.25);
        member.Forget();
        member.After(MemberDriver.Window.TotalSeconds - 0.25 - 0.000_000_1);
        Assert.True(call.IsOpen);
        member.After(0.000_000_1);
        Assert.Contains("00:00:05", call.EndedAs<CallEnd.Undecided>().Why, StringComparison.Ordinal);
        member.Did("close");
    }

    [Fact]
    public void Down_WindowPassesDuringAnAttempt_ItsSeatIsStillOfUse()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Down();
        member.After(6);
        TestCall call = member.Enter("b");
        member.Did("Dial again", "close");
        member.Seat(term: 2);
        member.Did("enter b as 2");
        Assert.True(call.IsOpen);
    }

    [Fact]
    public void Down_SilentServerReturnsAfterTheWindow_IsAskedToWithdraw()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall first = member.Enter("a");
        member.Down();
        member.After(6);
        TestCall second = member.Enter("a");
        member.Forget();
        member.Seat();
        member.Did("resume, next 3, open [2]", "enter a as 2", "withdraw 2: Cancelled after 00:00:05");
        member.Answer(first, 0, Ends.Withdrawn);
        member.Did("enter a as 3");
        Assert.True(second.IsOpen);
    }

    [Fact]
    public void Down_WindowPassedAndNoCall_TriesNoMore()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Enter("a");
        member.Down();
        member.After(6);
        member.Fail(AttemptFailureKind.Unreachable);
        Assert.Null(member.NextTick);
    }

    [Fact]
    public void Down_Twice_IsOneReturn()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Down();
        member.Down();
        member.Did("Dial again");
    }

    [Fact]
    public void Refused_WhileReturning_SentIsUndecidedAndUnsentRefused()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall sent = member.Enter("a");
        member.Down();
        TestCall unsent = member.Enter("b");
        member.Refuse(RefuseReason.Replaced);
        sent.EndedAs<CallEnd.Undecided>();
        unsent.EndedAs<CallEnd.Refused>();
        Assert.Null(member.NextTick);
    }

    [Fact]
    public void Closing_OpenCalls_StartOverWithoutError()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a", timeout: 60, hosts: true);
        member.Close();
        Assert.True(call.IsOpen);
        member.After(1);
        member.Did("enter a as 2", "Host");
        member.Seat(term: 2);
        member.Did("enter a as 3");
    }

    [Fact]
    public void Closing_DeadlineOfAnOpenCall_CountsFromItsStart()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a", timeout: 60);
        member.After(59);
        member.Close();
        member.After(1);
        call.EndedAs<CallEnd.NeverReached>();
    }

    [Fact]
    public void Closing_CancelledCall_IsCancelled()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a");
        member.Cancel(call);
        member.Close();
        call.EndedAs<CallEnd.Cancelled>();
    }

    [Fact]
    public void Closing_CallAskedAtItsDeadline_IsATimeout()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a", timeout: 60);
        member.After(60);
        member.Close();
        call.EndedAs<CallEnd.NeverReached>();
    }

    [Fact]
    public void Closing_AbandonedCall_HoldsNobodyUp()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall old = member.Enter("a");
        member.Dispose(old);
        member.Enter("a");
        member.Close();
        member.Forget();
        member.After(1);
        member.Seat(term: 2);
        member.Did("Dial", "enter a as 3");
        Assert.Equal(1, old.Ends);
    }

    [Fact]
    public void Closing_NoCalls_TriesNothing()
    {
        MemberDriver member = MemberDriver.Seated();
        member.Close();
        Assert.Null(member.NextTick);
        member.Did();
    }

    [Fact]
    public void Closing_HeardFromAStalledLink_EndsTheReturn()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a");
        member.Down();
        member.Close();
        member.Fail(AttemptFailureKind.NothingListens);
        Assert.True(call.IsOpen);
        member.After(1);
        member.Did("enter a as 2", "Dial again", "Dial");
    }

    [Fact]
    public void Answered_WhileReturning_EndsTheCallAndResumesWithoutIt()
    {
        MemberDriver member = MemberDriver.Seated();
        TestCall call = member.Enter("a");
        member.Down();
        member.Decide("a", 1, Ends.Released);
        call.EndedWith(Ends.Released, 1);
        member.Forget();
        member.Seat();
        member.Did("resume, next 3, open []");
    }
}
