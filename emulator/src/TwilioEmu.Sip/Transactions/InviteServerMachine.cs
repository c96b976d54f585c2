using static TwilioEmu.Sip.Transactions.SipActionKind;
using static TwilioEmu.Sip.Transactions.SipInput;
using static TwilioEmu.Sip.Transactions.TransactionState;

namespace TwilioEmu.Sip.Transactions;

/// <summary>The server's side of an INVITE.</summary>
/// <remarks>
/// RFC 3261 §17.2.1 as RFC 6026 §7.1 corrects it. The transaction user answers 100 at once, so there is no timer of 200 ms. Timer G only
/// over UDP; I is zero over a
/// reliable transport.
/// <code>
/// state      | input           | next       | actions
/// Initial    | Start           | Proceeding | deliver
/// Proceeding | retransmission  | Proceeding | send the last response
/// Proceeding | answer 1xx      | Proceeding | send response
/// Proceeding | answer 2xx      | Accepted   | send response, L = 64*T1
/// Proceeding | answer 3xx-6xx  | Completed  | send response, G = T1, H = 64*T1
/// Proceeding, Accepted, Completed | transport error | (same) | tell error
/// Accepted   | retransmission  | Accepted   |
/// Accepted   | answer 2xx      | Accepted   | send response
/// Accepted   | ACK             | Accepted   | deliver
/// Accepted   | Timer L         | Terminated |
/// Completed  | retransmission  | Completed  | send the last response
/// Completed  | Timer G         | Completed  | send the last response, G doubled up to T2
/// Completed  | ACK             | Confirmed  | I = T4
/// Completed  | Timer H         | Terminated | tell timeout
/// Confirmed  | Timer I         | Terminated |
/// </code>
/// </remarks>
internal static class InviteServerMachine
{
    public static (MachineState State, IReadOnlyList<SipAction> Actions) Step(MachineState state, SipInput input, MachineTerms terms)
    {
        var timers = terms.Timers;
        return (state.Name, input) switch
        {
            (Initial, Start) => (new(Proceeding), [Deliver]),
            (Proceeding, Retransmission) => (state, [SendResponse]),
            (Proceeding, Answer1xx) => (state, [SendResponse]),
            (Proceeding, Answer2xx) => (new(Accepted), [SendResponse, SipAction.Start(SipTimer.L, timers.GiveUp)]),
            (Proceeding, Answer3xxTo6xx) when terms.IsReliable =>
                (new(Completed), [SendResponse, SipAction.Start(SipTimer.H, timers.GiveUp)]),
            (Proceeding, Answer3xxTo6xx) =>
                (new(Completed, timers.T1), [SendResponse, SipAction.Start(SipTimer.G, timers.T1),
                    SipAction.Start(SipTimer.H, timers.GiveUp)]),
            (Proceeding or Accepted or Completed, TransportError) => (state, [TellTransportError]),
            (Accepted, Answer2xx) => (state, [SendResponse]),
            (Accepted, Ack) => (state, [Deliver]),
            (Accepted, TimerL) => (new(Terminated), []),
            (Completed, Retransmission) => (state, [SendResponse]),
            (Completed, TimerG) => (new(Completed, timers.Double(state.Interval)),
                [SendResponse, SipAction.Start(SipTimer.G, timers.Double(state.Interval))]),
            (Completed, Ack) when terms.IsReliable => (new(Terminated), []),
            (Completed, Ack) => (new(Confirmed), [SipAction.Start(SipTimer.I, timers.T4)]),
            (Completed, TimerH) => (new(Terminated), [TellTimeout]),
            (Confirmed, TimerI) => (new(Terminated), []),
            _ => (state, []),
        };
    }
}
