namespace TwilioEmu.Console.Control;

/// <summary>The root certificate of TLS interception, for clients to trust.</summary>
internal static class CaCalls
{
    /// <summary>RFC 8555 9.1.</summary>
    public const string Pem = "application/pem-certificate-chain";

    public static Task<ControlAnswer?> CertificateAsync(ControlRequest request) =>
        Task.FromResult<ControlAnswer?>(ControlAnswer.Text(Pem, request.Doors.CaPem));

    public static Task<ControlAnswer?> BundleAsync(ControlRequest request) =>
        Task.FromResult<ControlAnswer?>(ControlAnswer.Text(Pem, request.Doors.CaBundlePem));
}
