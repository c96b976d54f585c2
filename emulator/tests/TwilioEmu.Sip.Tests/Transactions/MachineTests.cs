using TwilioEmu.Sip.Transactions;
using static TwilioEmu.Sip.Transactions.SipInput;
using static TwilioEmu.Sip.Transactions.TransactionState;

namespace TwilioEmu.Sip.Tests.Transactions;

/// <summary>The four machines, row by row. Actions are written short: <c>send ack A=500 deliver</c>, milliseconds.</summary>
public sealed class MachineTests
{
    public static TheoryData<string, string, string, int, string, string, string> Rows => new()
    {
        // machine, transport, state, interval, input, next, actions
        { "InviteClient", "udp", "Initial", 0, "Start", "Calling", "request A=500 B=32000" },
        { "InviteClient", "tcp", "Initial", 0, "Start", "Calling", "request B=32000" },
        { "InviteClient", "udp", "Calling", 500, "TimerA", "Calling", "request A=1000" },
        { "InviteClient", "udp", "Calling", 8000, "TimerA", "Calling", "request A=16000" },
        { "InviteClient", "udp", "Calling", 500, "TimerB", "Terminated", "timeout" },
        { "InviteClient", "udp", "Calling", 500, "Response1xx", "Proceeding", "deliver" },
        { "InviteClient", "udp", "Proceeding", 0, "Response1xx", "Proceeding", "deliver" },
        { "InviteClient", "udp", "Proceeding", 0, "TimerA", "Proceeding", "" },
        { "InviteClient", "udp", "Proceeding", 0, "TimerB", "Proceeding", "" },
        { "InviteClient", "udp", "Calling", 500, "Response2xx", "Accepted", "deliver M=32000" },
        { "InviteClient", "udp", "Proceeding", 0, "Response2xx", "Accepted", "deliver M=32000" },
        { "InviteClient", "udp", "Proceeding", 0, "Response3xxTo6xx", "Completed", "ack deliver D=32000" },
        { "InviteClient", "tcp", "Proceeding", 0, "Response3xxTo6xx", "Terminated", "ack deliver" },
        { "InviteClient", "udp", "Calling", 500, "TransportError", "Terminated", "error" },
        { "InviteClient", "udp", "Completed", 0, "Response3xxTo6xx", "Completed", "ack" },
        { "InviteClient", "udp", "Completed", 0, "Response2xx", "Completed", "" },
        { "InviteClient", "udp", "Completed", 0, "TransportError", "Terminated", "error" },
        { "InviteClient", "udp", "Completed", 0, "TimerD", "Terminated", "" },
        { "InviteClient", "udp", "Accepted", 0, "Response2xx", "Accepted", "deliver" },
        { "InviteClient", "udp", "Accepted", 0, "Response3xxTo6xx", "Accepted", "" },
        { "InviteClient", "udp", "Accepted", 0, "TimerM", "Terminated", "" },
        { "NonInviteClient", "udp", "Initial", 0, "Start", "Trying", "request E=500 F=32000" },
        { "NonInviteClient", "tcp", "Initial", 0, "Start", "Trying", "request F=32000" },
        { "NonInviteClient", "udp", "Trying", 500, "TimerE", "Trying", "request E=1000" },
        { "NonInviteClient", "udp", "Trying", 4000, "TimerE", "Trying", "request E=4000" },
        { "NonInviteClient", "udp", "Proceeding", 500, "TimerE", "Proceeding", "request E=4000" },
        { "NonInviteClient", "udp", "Trying", 500, "TimerF", "Terminated", "timeout" },
        { "NonInviteClient", "udp", "Proceeding", 500, "TimerF", "Terminated", "timeout" },
        { "NonInviteClient", "udp", "Trying", 500, "Response1xx", "Proceeding", "deliver" },
        { "NonInviteClient", "udp", "Trying", 500, "Response2xx", "Completed", "deliver K=5000" },
        { "NonInviteClient", "tcp", "Trying", 0, "Response3xxTo6xx", "Terminated", "deliver" },
        { "NonInviteClient", "udp", "Trying", 500, "TransportError", "Terminated", "error" },
        { "NonInviteClient", "udp", "Completed", 0, "Response2xx", "Completed", "" },
        { "NonInviteClient", "udp", "Completed", 0, "TimerF", "Completed", "" },
        { "NonInviteClient", "udp", "Completed", 0, "TimerK", "Terminated", "" },
        { "InviteServer", "udp", "Initial", 0, "Start", "Proceeding", "deliver" },
        { "InviteServer", "udp", "Proceeding", 0, "Retransmission", "Proceeding", "response" },
        { "InviteServer", "udp", "Proceeding", 0, "Answer1xx", "Proceeding", "response" },
        { "InviteServer", "udp", "Proceeding", 0, "Answer2xx", "Accepted", "response L=32000" },
        { "InviteServer", "udp", "Proceeding", 0, "Answer3xxTo6xx", "Completed", "response G=500 H=32000" },
        { "InviteServer", "tcp", "Proceeding", 0, "Answer3xxTo6xx", "Completed", "response H=32000" },
        { "InviteServer", "udp", "Proceeding", 0, "TransportError", "Proceeding", "error" },
        { "InviteServer", "udp", "Accepted", 0, "Retransmission", "Accepted", "" },
        { "InviteServer", "udp", "Accepted", 0, "Answer2xx", "Accepted", "response" },
        { "InviteServer", "udp", "Accepted", 0, "Ack", "Accepted", "deliver" },
        { "InviteServer", "udp", "Accepted", 0, "TimerL", "Terminated", "" },
        { "InviteServer", "udp", "Completed", 500, "Retransmission", "Completed", "response" },
        { "InviteServer", "udp", "Completed", 2000, "TimerG", "Completed", "response G=4000" },
        { "InviteServer", "udp", "Completed", 4000, "TimerG", "Completed", "response G=4000" },
        { "InviteServer", "udp", "Completed", 500, "Ack", "Confirmed", "I=5000" },
        { "InviteServer", "tcp", "Completed", 0, "Ack", "Terminated", "" },
        { "InviteServer", "udp", "Completed", 500, "TimerH", "Terminated", "timeout" },
        { "InviteServer", "udp", "Confirmed", 0, "Ack", "Confirmed", "" },
        { "InviteServer", "udp", "Confirmed", 0, "TimerG", "Confirmed", "" },
        { "InviteServer", "udp", "Confirmed", 0, "TimerI", "Terminated", "" },
        { "NonInviteServer", "udp", "Initial", 0, "Start", "Trying", "F=32000 deliver" },
        { "NonInviteServer", "udp", "Trying", 0, "TimerF", "Terminated", "" },
        { "NonInviteServer", "udp", "Completed", 0, "TimerF", "Completed", "" },
        { "NonInviteServer", "udp", "Trying", 0, "Retransmission", "Trying", "" },
        { "NonInviteServer", "udp", "Trying", 0, "Answer1xx", "Proceeding", "response" },
        { "NonInviteServer", "udp", "Trying", 0, "Answer2xx", "Completed", "response J=32000" },
        { "NonInviteServer", "tcp", "Trying", 0, "Answer2xx", "Terminated", "response" },
        { "NonInviteServer", "udp", "Proceeding", 0, "Retransmission", "Proceeding", "response" },
        { "NonInviteServer", "udp", "Proceeding", 0, "Answer3xxTo6xx", "Completed", "response J=32000" },
        { "NonInviteServer", "udp", "Completed", 0, "Retransmission", "Completed", "response" },
        { "NonInviteServer", "udp", "Completed", 0, "TransportError", "Terminated", "error" },
        { "NonInviteServer", "udp", "Completed", 0, "TimerJ", "Terminated", "" },
    };

    [Theory, MemberData(nameof(Rows))]
    public void A_row_leads_where_the_RFC_says(string machine, string transport, string state, int interval, string input, string next,
        string actions)
    {
        Step step = machine switch
        {
            "InviteClient" => InviteClientMachine.Step,
            "NonInviteClient" => NonInviteClientMachine.Step,
            "InviteServer" => InviteServerMachine.Step,
            _ => NonInviteServerMachine.Step,
        };
        var (after, done) = step(new(Enum.Parse<TransactionState>(state), TimeSpan.FromMilliseconds(interval)),
            Enum.Parse<SipInput>(input), new(TransactionTimers.Default, transport == "tcp"));
        after.Name.Should().Be(Enum.Parse<TransactionState>(next));
        string.Join(' ', done.Select(Short)).Should().Be(actions);
    }

    [Fact]
    public void Nothing_wakes_what_is_over()
    {
        foreach (var step in new Step[] { InviteClientMachine.Step, NonInviteClientMachine.Step, InviteServerMachine.Step,
            NonInviteServerMachine.Step })
            foreach (var input in Enum.GetValues<SipInput>().Except([Start]))
            {
                var (after, done) = step(new(Terminated), input, new(TransactionTimers.Default, false));
                (after.Name, done.Count).Should().Be((Terminated, 0));
            }
    }

    private static string Short(SipAction action) => action.Kind switch
    {
        SipActionKind.SendRequest => "request",
        SipActionKind.SendAck => "ack",
        SipActionKind.SendResponse => "response",
        SipActionKind.Deliver => "deliver",
        SipActionKind.TellTimeout => "timeout",
        SipActionKind.TellTransportError => "error",
        _ => $"{action.Timer}={action.After.TotalMilliseconds}",
    };
}
