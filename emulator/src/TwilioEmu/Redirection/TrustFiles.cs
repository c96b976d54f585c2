using TwilioEmu.Tls;

namespace TwilioEmu.Redirection;

/// <summary>The files by which programs of each kind come to trust the emulator's root.</summary>
/// <remarks>
/// | file | for |
/// |---|---|
/// | <c>ca.pem</c> | programs that add a root to theirs (Node) |
/// | <c>ca-bundle.pem</c> | programs that trust one file alone: the machine's roots and ours |
/// | <c>truststore.p12</c> | Java: the same as PKCS #12, password <c>changeit</c> |
/// | <c>php/twilioemu.ini</c> | PHP, whose curl knows no variable |
/// | <c>python/sitecustomize.py</c> | Python SDKs from 6.5.2 to 7.9.0, which know no variable for their roots, 5.x, whose
/// httplib2 is given neither roots nor proxy, and the asynchronous client, whose aiohttp takes no proxy from the environment |
/// </remarks>
internal sealed record TrustFiles(string Folder)
{
    /// <summary>Java's usual password for what is no secret.</summary>
    public const string JavaPassword = "changeit";

    // Runs before the app and its SDK: certifi is what they ask for their roots, and httplib2 what 5.x and older hand a bundle of
    // their own and no proxy. aiohttp asks the environment only where it is told to (docs.aiohttp.org, "Proxy support"); being large, it
    // is led when somebody imports it. A proxy the app names itself stays. Another sitecustomize further down the path still has its turn.
    private const string SiteCustomize = """
        import os
        import sys

        _bundle = os.environ.get("REQUESTS_CA_BUNDLE")
        if _bundle:
            try:
                import certifi
                certifi.where = lambda: _bundle
            except ImportError:
                pass
            try:
                import httplib2

                def _led(init):
                    def __init__(self, *args, **named):
                        init(self, *args, **named)
                        self.ca_certs = _bundle
                        if self.proxy_info is None:
                            self.proxy_info = httplib2.proxy_info_from_environment
                    return __init__

                httplib2.Http.__init__ = _led(httplib2.Http.__init__)
            except (ImportError, AttributeError):
                pass
            try:
                from importlib.machinery import PathFinder

                class _Aiohttp(object):
                    @staticmethod
                    def find_spec(name, path=None, target=None):
                        if name != "aiohttp.client":
                            return None
                        spec = PathFinder.find_spec(name, path)
                        if spec is None or spec.loader is None:
                            return spec
                        run = spec.loader.exec_module

                        def exec_module(module):
                            run(module)
                            init = module.ClientSession.__init__

                            def __init__(self, *args, **named):
                                named.setdefault("trust_env", True)
                                init(self, *args, **named)

                            module.ClientSession.__init__ = __init__

                        spec.loader.exec_module = exec_module
                        return spec

                sys.meta_path.insert(0, _Aiohttp)
            except ImportError:
                pass

        _here = os.path.dirname(os.path.abspath(__file__))
        for _folder in sys.path:
            _next = os.path.join(_folder or ".", "sitecustomize.py")
            if os.path.abspath(_folder or ".") != _here and os.path.isfile(_next):
                with open(_next) as _file:
                    exec(compile(_file.read(), _next, "exec"))
                break

        """;

    public string Ca => Path.Combine(Folder, "ca.pem");

    public string Bundle => Path.Combine(Folder, "ca-bundle.pem");

    public string JavaStore => Path.Combine(Folder, "truststore.p12");

    public string PhpFolder => Path.Combine(Folder, "php");

    public string PythonFolder => Path.Combine(Folder, "python");

    /// <summary>Writes all of them.</summary>
    /// <param name="caPem">The root.</param>
    /// <param name="presetBundle">A bundle the environment names in place of the machine's.</param>
    /// <param name="seenAs">Where the app finds the folder.</param>
    /// <exception cref="IOException">They cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Nor that.</exception>
    public void Write(string caPem, string? presetBundle, TrustFiles seenAs)
    {
        Directory.CreateDirectory(PhpFolder);
        Directory.CreateDirectory(PythonFolder);
        var bundle = RootCertificates.Pem(presetBundle) + caPem;
        File.WriteAllText(Ca, caPem);
        File.WriteAllText(Bundle, bundle);
        File.WriteAllBytes(JavaStore, JavaTrustStore.Write(bundle));
        File.WriteAllText(
            Path.Combine(PhpFolder, "twilioemu.ini"), $"curl.cainfo = \"{seenAs.Bundle}\"\nopenssl.cafile = \"{seenAs.Bundle}\"\n");
        File.WriteAllText(Path.Combine(PythonFolder, "sitecustomize.py"), SiteCustomize);
    }
}
