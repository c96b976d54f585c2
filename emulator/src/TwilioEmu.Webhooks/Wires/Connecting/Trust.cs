using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace TwilioEmu.Webhooks.Wires.Connecting;

/// <summary>Which app certificates are believed: those the platform believes, and those under extra CAs the user named.</summary>
/// <remarks>twilio.com/docs/api/errors/11235 (name), 11236 (dates), 11237 (no path to a trusted root).</remarks>
/// <param name="extraRoots">Roots believed besides the platform's; a self-signed certificate is its own.</param>
/// <param name="isOpen">True believes whatever is shown.</param>
internal sealed class Trust(X509Certificate2Collection extraRoots, bool isOpen = false)
{
    /// <summary>Null when the certificate is good, else why not.</summary>
    public WireFault? Refuse(string host, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (isOpen) return null;
        if (certificate is not X509Certificate2 leaf)
        {
            return new(WireStage.Connect, 11220, "SSL/TLS handshake error: the app showed no certificate");
        }
        if (!leaf.MatchesHostname(host))
        {
            return new(WireStage.Connect, 11235, $"Certificate Invalid - Domain Mismatch: it is not for '{host}'");
        }
        var isChainBad = (errors & SslPolicyErrors.RemoteCertificateChainErrors) != 0;
        if (!isChainBad || chain is null) return null;
        var statuses = chain.ChainStatus;
        if (HasExtraPath(leaf, chain, ref statuses)) return null;
        return statuses.Any(s => (s.Status & X509ChainStatusFlags.NotTimeValid) != 0)
            ? new(WireStage.Connect, 11236, "Certificate Expired: it is not valid today")
            : new(
                WireStage.Connect, 11237,
                "Certificate Invalid - Could not find path to certificate: no trusted root above it. If it is the app's own (self-signed, "
                    + "mkcert, dotnet dev-certs): --app-ca FILE with it or its CA as PEM, or --app-tls insecure for any");
    }

    private bool HasExtraPath(X509Certificate2 leaf, X509Chain seen, ref X509ChainStatus[] statuses)
    {
        if (extraRoots.Count == 0) return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.CustomTrustStore.AddRange(extraRoots);
        foreach (var element in seen.ChainElements) chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        var isGood = chain.Build(leaf);
        statuses = chain.ChainStatus;
        return isGood;
    }
}
