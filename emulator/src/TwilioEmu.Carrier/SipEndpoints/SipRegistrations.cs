using System.Collections.Immutable;
using TwilioEmu.Kernel;
using TwilioEmu.Sip.Messages;
using TwilioEmu.Sip.Transports;
using TwilioEmu.Sip.UserAgents;

namespace TwilioEmu.Carrier.SipEndpoints;

/// <summary>Which phones are registered at which domain.</summary>
/// <remarks>
/// Loop-confined. Counts by the wall: bindings are made over sockets. 600 to 3600 s, ten bindings
/// an address (twilio.com/docs/voice/api/sip-registration). All edges of a domain share them.
/// </remarks>
internal sealed class SipRegistrations(World world)
{
    /// <summary>Swept that often, in registrations.</summary>
    private const int SweepEvery = 256;

    private readonly Registrar _registrar = new(new RegistrarTerms(
        TimeSpan.FromSeconds(600), TimeSpan.FromSeconds(3600), TimeSpan.FromSeconds(3600), 10, 100_000));
    private int _sinceSweep;

    private DateTimeOffset Now => world.Options.Wall.GetUtcNow();

    /// <summary>Where an address of record is to be reached, the preferred first.</summary>
    public ImmutableArray<Binding> Find(SipUri address) => _registrar.Find(address, Now);

    /// <summary>Takes a REGISTER that was let in.</summary>
    /// <param name="request">As it came.</param>
    /// <param name="address">Whose it is, whatever form of the domain it names.</param>
    /// <param name="source">The flow it came over.</param>
    public RegistrarAnswer Register(SipRequest request, SipUri address, Hop source)
    {
        if (++_sinceSweep >= SweepEvery)
        {
            _sinceSweep = 0;
            _registrar.Sweep(Now);
        }
        var to = request.To with { Uri = address };
        return _registrar.Register(
            new SipRequest(request.Method, request.Uri, request.Headers.Set(HeaderNames.To, to.ToString()), request.Body), source, Now);
    }

    /// <summary>The phone that was there is not any more.</summary>
    public void Remove(SipUri address, Binding binding) => _registrar.Remove(address, binding);
}
