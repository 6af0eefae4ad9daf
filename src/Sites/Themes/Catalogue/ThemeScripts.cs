using System.Security.Cryptography;
using System.Text;

namespace Rialto.Sites.Themes.Catalogue;

/// <summary>The one inline script: sets the reader's chosen colour scheme before the first paint. Constant, so that a content security policy can name its hash.</summary>
internal static class ThemeScripts
{
    public const string Boot = "document.documentElement.classList.add('js');try{var s=localStorage.getItem('scheme');if(s==='light'||s==='dark')document.documentElement.dataset.theme=s}catch(e){}";

    /// <summary>Source expression for <c>script-src</c>.</summary>
    public static string BootHash { get; } = $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Boot)))}'";
}
