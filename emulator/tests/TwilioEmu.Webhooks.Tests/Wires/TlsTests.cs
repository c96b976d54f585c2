using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using TwilioEmu.Webhooks.Delivery;

namespace TwilioEmu.Webhooks.Tests.Wires;

public sealed class TlsTests
{
    private static readonly DateTimeOffset Today = TimeProvider.System.GetUtcNow();

    [Fact]
    public async Task A_certificate_nobody_vouches_for_is_11237() =>
        (await SendAsync(Certificate("localhost", 30), trustIt: false)).Should().Match<WebhookAnswer>(
            a => a.ErrorCode == 11237 && a.ErrorMessage!.Contains("--app-ca FILE") && a.ErrorMessage.Contains("--app-tls insecure"));

    [Theory]
    [InlineData("localhost", 30)]
    [InlineData("other.example", -1)]
    public async Task Any_certificate_is_believed_when_the_user_says_so(string name, int days) =>
        (await SendAsync(Certificate(name, days), trustIt: false, trustAny: true)).IsUsable.Should().BeTrue();

    [Fact]
    public async Task A_certificate_for_another_name_is_11235() =>
        (await SendAsync(Certificate("other.example", 30), trustIt: true)).ErrorCode.Should().Be(11235);

    [Fact]
    public async Task An_expired_certificate_is_11236() =>
        (await SendAsync(Certificate("localhost", -1), trustIt: true)).ErrorCode.Should().Be(11236);

    [Fact]
    public async Task A_certificate_under_an_extra_root_is_believed()
    {
        var answer = await SendAsync(Certificate("localhost", 30), trustIt: true);
        answer.IsUsable.Should().BeTrue(answer.ErrorMessage);
    }

    [Theory]
    [InlineData("", "localhost")]
    [InlineData("#sni=n", "")]
    public async Task The_server_name_is_sent_unless_the_url_says_no(string fragment, string name)
    {
        var seen = "never asked";
        var answer = await SendAsync(Certificate("localhost", 30), trustIt: true, fragment, asked => seen = asked);
        answer.IsUsable.Should().BeTrue(answer.ErrorMessage);
        seen.Should().Be(name);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_is_11220()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var post = PostOffice.Real();
        var authority = $"localhost:{((IPEndPoint)listener.LocalEndpoint).Port}";
        var sending = post.SendAsync($"https://{authority}/#rc=0");
        using var client = await listener.AcceptTcpClientAsync();
        await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
        (await sending)
            .Should().Match<WebhookAnswer>(a =>
                a.ErrorCode == 11220 && a.ErrorMessage!.EndsWith(
                    "; if the app speaks plain HTTP there, its URL begins with http://, or, where the app makes it https by itself, "
                    + $"--public-names https://{authority}=http://{authority}"));
    }

    [Fact]
    public async Task A_handshake_that_hangs_is_11220()
    {
        await using var server = new RawServer("never said");
        await using var post = PostOffice.Real();
        var answer = await post.SendAsync($"https://localhost:{server.Port}/#ct=100&rc=0");
        (answer.ErrorCode, answer.ErrorMessage).Should().Be((11220, "SSL/TLS handshake timed out after 100 ms"));
    }

    private static async Task<WebhookAnswer> SendAsync(
        X509Certificate2 certificate, bool trustIt, string fragment = "", Action<string>? onServerName = null, bool trustAny = false)
    {
        using (certificate)
        {
            using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var serving = ServeAsync(listener, certificate, onServerName);
            await using var post = PostOffice.Real(
                new() { ExtraTrustedRoots = trustIt ? [certificate] : [], TrustsAnyCertificate = trustAny });
            var answer = await post.SendAsync(
                $"https://localhost:{((IPEndPoint)listener.LocalEndpoint).Port}/{(fragment.Length > 0 ? fragment + "&rc=0" : "#rc=0")}");
            await serving;
            return answer;
        }
    }

    private static async Task ServeAsync(
        System.Net.Sockets.TcpListener listener, X509Certificate2 certificate, Action<string>? onServerName)
    {
        using var client = await listener.AcceptTcpClientAsync();
        await using var tls = new SslStream(client.GetStream());
        try
        {
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions
            {
                ServerCertificateSelectionCallback = (_, name) =>
                {
                    onServerName?.Invoke(name ?? "");
                    return certificate;
                },
            });
            await tls.ReadExactlyAsync(new byte[4]);
            await tls.WriteAsync(Encoding.ASCII.GetBytes("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
        }
        catch (Exception e) when (e is AuthenticationException or IOException)
        {
            // The letterbox did not believe us.
        }
    }

    private static X509Certificate2 Certificate(string host, int daysLeft)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var bare = request.CreateSelfSigned(Today.AddDays(-60), Today.AddDays(daysLeft));
        return X509CertificateLoader.LoadPkcs12(bare.Export(X509ContentType.Pfx), null);
    }
}
