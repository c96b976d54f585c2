using static TwilioEmu.Sip.Transactions.SipActionKind;
using static TwilioEmu.Sip.Transactions.SipInput;
using static TwilioEmu.Sip.Transactions.TransactionState;

namespace TwilioEmu.Sip.Transactions;

/// <summary>The client's side of an INVITE.</summary>
/// <remarks>
/// RFC 3261 §17.1.1 as RFC 6026 §7.2 corrects it. Timers A only over UDP; D is zero over a reliable transport.
/// <code>
/// state      | input             | next       | actions
/// Initial    | Start             | Calling    | send request, A = T1, B = 64*T1
/// Calling    | Timer A           | Calling    | send request, A doubled
/// Calling    | Timer B           | Terminated | tell timeout
/// Calling    | 1xx               | Proceeding | deliver
/// Proceeding | 1xx               | Proceeding | deliver
/// Calling, Proceeding | 2xx      | Accepted   | deliver, M = 64*T1
/// Calling, Proceeding | 3xx-6xx  | Completed  | send ACK, deliver, D
/// Calling, Proceeding, Completed | transport error | Terminated | tell error
/// Completed  | 3xx-6xx           | Completed  | send ACK
/// Completed  | Timer D           | Terminated |
/// Accepted   | 2xx               | Accepted   | deliver
/// Accepted   | Timer M           | Terminated |
/// </code>
/// </remarks>
internal static class InviteClientMachine
{
    public static (MachineState State, IReadOnlyList<SipAction> Actions) Step(MachineState state, SipInput input, MachineTerms terms)
    {
        var timers = terms.Timers;
        return (state.Name, input) switch
        {
            (Initial, Start) when terms.IsReliable => (new(Calling), [SendRequest, SipAction.Start(SipTimer.B, timers.GiveUp)]),
            (Initial, Start) => (new(Calling, timers.T1), [SendRequest, SipAction.Start(SipTimer.A, timers.T1),
                SipAction.Start(SipTimer.B, timers.GiveUp)]),
            (Calling, TimerA) => (new(Calling, state.Interval * 2), [SendRequest, SipAction.Start(SipTimer.A, state.Interval * 2)]),
            (Calling, TimerB) => (new(Terminated), [TellTimeout]),
            (Calling or Proceeding, Response1xx) => (new(Proceeding), [Deliver]),
            (Calling or Proceeding, Response2xx) => (new(Accepted), [Deliver, SipAction.Start(SipTimer.M, timers.GiveUp)]),
            (Calling or Proceeding, Response3xxTo6xx) when terms.IsReliable => (new(Terminated), [SendAck, Deliver]),
            (Calling or Proceeding, Response3xxTo6xx) => (new(Completed), [SendAck, Deliver, SipAction.Start(SipTimer.D, timers.D)]),
            (Calling or Proceeding or Completed, TransportError) => (new(Terminated), [TellTransportError]),
            (Completed, Response3xxTo6xx) => (state, [SendAck]),
            (Completed, TimerD) => (new(Terminated), []),
            (Accepted, Response2xx) => (state, [Deliver]),
            (Accepted, TimerM) => (new(Terminated), []),
            _ => (state, []),
        };
    }
}
