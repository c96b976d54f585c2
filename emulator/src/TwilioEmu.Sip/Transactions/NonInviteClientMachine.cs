using static TwilioEmu.Sip.Transactions.SipActionKind;
using static TwilioEmu.Sip.Transactions.SipInput;
using static TwilioEmu.Sip.Transactions.TransactionState;

namespace TwilioEmu.Sip.Transactions;

/// <summary>The client's side of any request but INVITE and ACK.</summary>
/// <remarks>
/// RFC 3261 §17.1.2. Timer E only over UDP; K is zero over a reliable transport.
/// <code>
/// state      | input           | next       | actions
/// Initial    | Start           | Trying     | send request, E = T1, F = 64*T1
/// Trying     | Timer E         | Trying     | send request, E doubled up to T2
/// Proceeding | Timer E         | Proceeding | send request, E = T2
/// Trying, Proceeding | Timer F | Terminated | tell timeout
/// Trying, Proceeding | 1xx     | Proceeding | deliver
/// Trying, Proceeding | 2xx-6xx | Completed  | deliver, K = T4
/// Trying, Proceeding | transport error | Terminated | tell error
/// Completed  | Timer K         | Terminated |
/// </code>
/// </remarks>
internal static class NonInviteClientMachine
{
    public static (MachineState State, IReadOnlyList<SipAction> Actions) Step(MachineState state, SipInput input, MachineTerms terms)
    {
        var timers = terms.Timers;
        return (state.Name, input) switch
        {
            (Initial, Start) when terms.IsReliable => (new(Trying), [SendRequest, SipAction.Start(SipTimer.F, timers.GiveUp)]),
            (Initial, Start) => (new(Trying, timers.T1), [SendRequest, SipAction.Start(SipTimer.E, timers.T1),
                SipAction.Start(SipTimer.F, timers.GiveUp)]),
            (Trying, TimerE) => (new(Trying, timers.Double(state.Interval)),
                [SendRequest, SipAction.Start(SipTimer.E, timers.Double(state.Interval))]),
            (Proceeding, TimerE) => (new(Proceeding, timers.T2), [SendRequest, SipAction.Start(SipTimer.E, timers.T2)]),
            (Trying or Proceeding, TimerF) => (new(Terminated), [TellTimeout]),
            (Trying or Proceeding, Response1xx) => (new(Proceeding, state.Interval), [Deliver]),
            (Trying or Proceeding, Response2xx or Response3xxTo6xx) when terms.IsReliable => (new(Terminated), [Deliver]),
            (Trying or Proceeding, Response2xx or Response3xxTo6xx) => (new(Completed), [Deliver, SipAction.Start(SipTimer.K, timers.T4)]),
            (Trying or Proceeding, TransportError) => (new(Terminated), [TellTransportError]),
            (Completed, TimerK) => (new(Terminated), []),
            _ => (state, []),
        };
    }
}
